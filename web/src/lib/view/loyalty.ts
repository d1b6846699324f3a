import type { Loyalty, Measure } from '@fanfare/contract';
import { readingOf } from './reading.ts';

/** A run of whole numbers; `to` is `null` where it is open. */
export interface Range {
  readonly from: number;
  readonly to: number | null;
}

/** One cell: fans with the same habits. Without a measure there is nobody. */
export interface HabitCell {
  readonly key: string;
  readonly measure: Measure | undefined;
  /** 0 (nobody, or hidden) to 4: share of the largest cell, in quarters. */
  readonly level: number;
}

export interface LoyaltyView {
  /** Active weeks of the columns. */
  readonly weeks: readonly Range[];
  readonly rows: readonly {
    readonly key: string;
    readonly days: Range;
    readonly cells: readonly HabitCell[];
  }[];
}

const LEVELS = 4;

/** The table of loyalty, recency × frequency; `null` when there is nobody to show. */
export function loyaltyView(loyalty: Loyalty | null): LoyaltyView | null {
  if (!loyalty || Object.keys(loyalty.table).length === 0) return null;
  const { table, recency, frequency } = loyalty;
  const measureOf = (key: string): Measure | undefined => table[key]?.['rfe@1'];
  const valueOf = (key: string): number => {
    const reading = readingOf(measureOf(key));
    return reading.state === 'value' ? reading.value : 0;
  };
  const most = Math.max(1, ...Object.keys(table).map(valueOf));
  const days = rangesOf(recency);
  return {
    weeks: rangesOf(frequency),
    rows: recency.map((row, i) => ({
      key: row,
      days: days[i] ?? { from: 0, to: null },
      cells: frequency.map((column) => {
        const key = `${row}/${column}`;
        return { key, measure: measureOf(key), level: Math.ceil((valueOf(key) / most) * LEVELS) };
      }),
    })),
  };
}

/** "<7" after "<1" is 1 to 6; "90+" is 90 and more; "2-3" and "1" are what they say. */
function rangesOf(classes: readonly string[]): Range[] {
  let next = 0;
  return classes.map((text) => {
    const [first = 0, last = first] = (text.match(/\d+/g) ?? []).map(Number);
    const range = text.startsWith('<')
      ? { from: next, to: first - 1 }
      : { from: first, to: text.endsWith('+') ? null : last };
    next = (range.to ?? range.from) + 1;
    return range;
  });
}
