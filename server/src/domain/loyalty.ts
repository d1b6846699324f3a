import type { RawCell, RawMeasure } from './raw.ts';

/** What is known of one fan: how long ago they last acted, and in how many weeks. */
export interface FanHabit {
  /** Whole days since the last act. */
  readonly days: number;
  /** Distinct ISO weeks with an act, of the last 26. */
  readonly weeks: number;
}

export const LOYALTY_WEEKS = 26;
const RECENCY = [1, 7, 30, 90] as const;
const FREQUENCY = [2, 4, 13] as const;

/**
 * rfe@1: fans by recency (days since the last act: under 1, 7, 30, 90, or more) and by frequency
 * (distinct active ISO weeks in the last 26: 1, 2–3, 4–12, 13 or more), as a table of people. A
 * description of habits over half a year; no score is made of a person.
 */
export function loyalty(fans: Iterable<FanHabit>): RawCell[] {
  const counts = new Map<string, number>();
  for (const { days, weeks } of fans) {
    const key = `${recencyOf(days)}/${frequencyOf(weeks)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, people]) => cell(key, people));
}

function cell(key: string, people: number): RawCell {
  const measure: RawMeasure = { definition: 'rfe@1', kind: 'computed', value: people, people };
  return { key, people, measures: [measure] };
}

function recencyOf(days: number): string {
  const limit = RECENCY.find((most) => days < most);
  return limit === undefined ? '90+' : `<${limit}`;
}

function frequencyOf(weeks: number): string {
  const at = FREQUENCY.findIndex((least) => weeks < least);
  return at < 0 ? '13+' : ['1', '2-3', '4-12'][at]!;
}
