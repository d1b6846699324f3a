import type { RawMeasure } from './raw.ts';

/** Fans of one object that are told apart; h cannot be greater. */
export const MOST_FANS = 4_096;

/**
 * influence.h@1: the greatest h such that h objects of the window have at least h distinct fans
 * each (Hirsch 2005, with objects for papers and fans for citations).
 * @param byFans number of objects with 0, 1, … MOST_FANS (or more) fans
 * @param people distinct fans behind them all
 */
export function hIndex(byFans: Uint32Array, people: number): RawMeasure {
  let objects = 0;
  let h = byFans.length - 1;
  for (; h > 0; h--) {
    objects += byFans[h]!;
    if (objects >= h) break;
  }
  return { definition: 'influence.h@1', kind: 'computed', value: h, people };
}
