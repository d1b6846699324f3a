import { describe, expect, it } from 'vitest';
import { shareOfVoice } from './share.ts';

describe('share.of.voice@1', () => {
  it('gives 30 of 40 engagements three quarters', () => {
    const [a, b] = shareOfVoice([
      { brand: 'a', engagements: 30, fans: 12 },
      { brand: 'b', engagements: 10, fans: 3 },
    ]);
    expect([a!.measure.value, b!.measure.value]).toEqual([0.75, 0.25]);
    expect(b!.measure.people).toBe(3);
  });

  it('is unavailable when nothing happened', () => {
    expect(shareOfVoice([{ brand: 'a', engagements: 0, fans: 0 }])[0]!.measure.value).toBeNull();
  });
});
