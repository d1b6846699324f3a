import { describe, expect, it } from 'vitest';
import { velocity } from './velocity.ts';

describe('velocity@1', () => {
  it('divides by the mean of the weeks before', () => {
    // 30 in a quarter-hour that has 10, 20, 15, 15 in the weeks before: 30 ÷ 15 = 2.
    expect(velocity({ recent: 30, fans: 12, before: [10, 20, 15, 15] })).toMatchObject({
      value: 2,
      people: 12,
      parts: { baseline: 15 },
    });
  });

  it('is unavailable with two weeks, or with a baseline of nothing', () => {
    expect(velocity({ recent: 30, fans: 12, before: [10, 20] })).toMatchObject({
      value: null,
      kind: 'unavailable',
    });
    expect(velocity({ recent: 30, fans: 12, before: [0, 0, 0] }).value).toBeNull();
  });
});
