import { describe, expect, it } from 'vitest';
import { engagementRate } from './rate.ts';

describe('engagement.rate@1', () => {
  it('is 50 engagements ÷ 1 000 reached = 0.05', () => {
    expect(engagementRate(50, 20, 1_000)).toMatchObject({
      value: 0.05,
      parts: { engagements: 50, denominator: 1_000 },
    });
  });

  it('is unavailable without its denominator, never 0', () => {
    expect(engagementRate(50, 20, null)).toMatchObject({ value: null, kind: 'unavailable' });
    expect(engagementRate(50, 20, 0).value).toBeNull();
  });
});
