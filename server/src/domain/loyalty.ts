import type { RawCell, RawMeasure } from './raw.ts';

/** Fans with the same habits: how long ago they last acted, and in how many weeks. */
export interface Habit {
  /** Whole days since the last act. */
  readonly days: number;
  /** Distinct ISO weeks with an act, of the last 26. */
  readonly weeks: number;
  readonly fans: number;
}

/** ISO weeks looked at, the one of now included. */
export const LOYALTY_WEEKS = 26;
const WEEK = 7 * 86_400_000;
/** 1970-01-01 was a Thursday: weeks of UTC start three days before. */
const MONDAY = -3 * 86_400_000;
const RECENCY = [1, 7, 30, 90] as const;
const FREQUENCY = [2, 4, 13] as const;

/** The classes of the table, in order. */
export const RECENCY_CLASSES: readonly string[] = [...RECENCY.map((days) => `<${days}`), '90+'];
export const FREQUENCY_CLASSES: readonly string[] = ['1', '2-3', '4-12', '13+'];

/** Start of the first of the 26 ISO weeks that end with the week of `now`; milliseconds, UTC. */
export function loyaltyStart(now: number): number {
  return (Math.floor((now - MONDAY) / WEEK) - LOYALTY_WEEKS + 1) * WEEK + MONDAY;
}

/**
 * rfe@1: fans by recency (days since the last act: under 1, 7, 30, 90, or more) and by frequency
 * (distinct active ISO weeks in the last 26: 1, 2–3, 4–12, 13 or more), as a table of people with
 * keys like "<7/2-3". A description of habits over half a year; no score is made of a person.
 */
export function loyalty(habits: Iterable<Habit>): RawCell[] {
  const counts = new Map<string, number>();
  for (const { days, weeks, fans } of habits) {
    const key = `${recencyOf(days)}/${frequencyOf(weeks)}`;
    counts.set(key, (counts.get(key) ?? 0) + fans);
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, fans]) => ({
      key,
      people: fans,
      measures: [loyal(fans)],
    }));
}

/** rfe@1 as a number of fans. */
export function loyal(fans: number): RawMeasure {
  return { definition: 'rfe@1', kind: 'computed', value: fans, people: fans };
}

/** Beyond every limit there is no index (−1): the last class. */
function recencyOf(days: number): string {
  const at = RECENCY.findIndex((most) => days < most);
  return RECENCY_CLASSES.at(at)!;
}

function frequencyOf(weeks: number): string {
  const at = FREQUENCY.findIndex((least) => weeks < least);
  return FREQUENCY_CLASSES.at(at)!;
}
