import { describe, expect, it } from 'vitest';
import { Beat } from './beat.ts';

/** A beat of these instants, and when the last of them was. */
function after(instants: readonly number[]): Beat {
  const beat = new Beat();
  for (const at of instants) beat.note(at);
  return beat;
}

describe('a beat of commits', () => {
  it('foresees the next one, though they are a little early or late', () => {
    const beat = after([1_000, 1_020, 1_041, 1_059, 1_080]);
    expect(beat.last).toBe(1_080);
    expect(beat.isNear(1_090)).toBe(false);
    expect(beat.isNear(1_097)).toBe(true);
    expect(beat.isNear(1_102)).toBe(true);
    expect(beat.isNear(1_110)).toBe(false);
  });

  it('tells how much later a frame would come right before a commit', () => {
    const beat = after([1_000, 1_020, 1_040, 1_060]);
    // In 18 ms is the next one: 15 later, the frame is due 3 ms before one.
    expect(beat.lag(1_062)).toBeCloseTo(15);
    expect(beat.lag(1_079)).toBe(0);
  });

  it('is none where commits come by chance, after the first ones, or never', () => {
    for (const instants of [[], [1_000], [1_000, 1_020], [1_000, 1_003, 1_050, 1_062]]) {
      const beat = after(instants);
      const last = instants.at(-1) ?? 0;
      for (let now = last; now < last + 100; now++) {
        expect([beat.isNear(now), beat.lag(now)], `${instants.join()} at ${now}`).toEqual([false, 0]);
      }
    }
  });
});
