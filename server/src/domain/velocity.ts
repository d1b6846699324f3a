import type { RawMeasure } from './raw.ts';
import type { Pace } from './windows/pace.ts';

/** Weeks that must be known for a baseline. */
const LEAST_WEEKS = 3;

/**
 * velocity@1: engagements of the last 15 complete minutes ÷ the mean of the same quarter-hour of
 * the week over the previous 4 weeks. A ratio: 1 is as usual, 2 twice as much. Unavailable when
 * fewer than 3 of those weeks are known, or when their mean is 0.
 */
export function velocity({ recent, fans, before }: Pace): RawMeasure {
  const baseline = before.reduce((sum, count) => sum + count, 0) / Math.max(before.length, 1);
  const known = before.length >= LEAST_WEEKS && baseline > 0;
  return {
    definition: 'velocity@1',
    kind: known ? 'computed' : 'unavailable',
    value: known ? recent / baseline : null,
    people: fans,
    parts: { recent, weeks: before.length, ...(known ? { baseline } : {}) },
  };
}
