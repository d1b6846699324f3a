import { describe, expect, it } from 'vitest';
import { driftOf } from './drift.ts';

describe('driftOf', () => {
  it('moves by 0.8 % each minute, one way at a time, and comes back', () => {
    for (let minute = -3; minute < 20; minute++) {
      const [one, next] = [driftOf(minute), driftOf(minute + 1)];
      expect(Math.abs(next.x - one.x) + Math.abs(next.y - one.y)).toBeCloseTo(0.8);
      expect(Math.max(Math.abs(one.x), Math.abs(one.y))).toBeLessThanOrEqual(0.8);
      expect(driftOf(minute + 8)).toEqual(one);
    }
  });
});
