import { describe, expect, it } from 'vitest';
import { ranksOf, spearman } from './rank.ts';

describe('rank correlation', () => {
  it('gives equal values the mean of their ranks', () => {
    expect([...ranksOf([10, 30, 10, 20])]).toEqual([1.5, 4, 1.5, 3]);
  });

  it('is 1 for the same order, −1 for the reverse, and 0.8 for one swap of two neighbours in four', () => {
    expect(spearman([1, 2, 3, 4], [10, 200, 3_000, 40_000])).toBeCloseTo(1, 12);
    expect(spearman([1, 2, 3, 4], [9, 7, 5, 3])).toBeCloseTo(-1, 12);
    // 1 − 6 Σd² ÷ n(n² − 1) = 1 − 6 × 2 ÷ 60.
    expect(spearman([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(0.8, 12);
  });

  it('is no number when one side says nothing', () => {
    expect(spearman([1, 1, 1], [1, 2, 3])).toBeNaN();
  });
});
