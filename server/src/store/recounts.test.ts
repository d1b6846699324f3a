import { describe, expect, it } from 'vitest';
import { sample } from './recounts.ts';

describe('the sample of a night', () => {
  it('draws without repeats, as many as asked', () => {
    // 0.5 of [1, 2, 3, 4] is the third, then 0.5 of [1, 2, 4] the second.
    expect(sample([1, 2, 3, 4], 2, () => 0.5)).toEqual([3, 2]);
  });

  it('takes all when there are no more, whatever chance says', () => {
    expect(sample(['a', 'b'], 20, () => 0.999_999).sort()).toEqual(['a', 'b']);
    expect(sample([], 20, () => 0)).toEqual([]);
  });
});
