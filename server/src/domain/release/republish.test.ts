import { describe, expect, it } from 'vitest';
import { ChangedFans, mayRepublish } from './republish.ts';

const MINUTE = 60_000;

describe('when the public is shown something new', () => {
  it('is at first, after five distinct fans changed, or after 15 minutes', () => {
    expect(mayRepublish(null, 0, 0)).toBe(true);
    expect([4, 5].map((fans) => mayRepublish(0, MINUTE, fans))).toEqual([false, true]);
    expect([15 * MINUTE - 1, 15 * MINUTE].map((now) => mayRepublish(0, now, 0))).toEqual([false, true]);
  });

  it('counts a fan once, and no more than are asked for', () => {
    const changed = new ChangedFans();
    for (const fan of [7, 7, 7, 8]) changed.add(fan);
    expect(changed.count).toBe(2);
    for (let fan = 0; fan < 1_000; fan++) changed.add(fan);
    expect(changed.count).toBe(5);
    changed.clear();
    expect(changed.count).toBe(0);
  });
});
