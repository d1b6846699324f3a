import { describe, expect, it } from 'vitest';
import { backoff } from './backoff.ts';

describe('backoff', () => {
  it('stays between half a second and twenty', () => {
    for (let n = 0; n < 2000; n += 7) {
      expect(backoff(n, 0)).toBe(500);
      expect(backoff(n, 0.999999)).toBeLessThanOrEqual(20_000);
    }
  });
  it('widens with each attempt', () => {
    expect([0, 1, 2, 5].map((n) => backoff(n, 0.999999))).toEqual([1000, 2000, 4000, 20_000]);
  });
});
