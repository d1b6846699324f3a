import type { Series } from '@fanfare/contract';
import { numbersOf, type OffsetAt } from './buckets.ts';

/** One hour of the week over some weeks. */
export interface HourCell {
  /** Engagements in such an hour, the mean; `null` when one of those hours is hidden, or none was. */
  readonly mean: number | null;
  /** Was there such an hour at all? */
  readonly known: boolean;
  /** 0 to 4: share of the fullest, in quarters. */
  readonly level: number;
}

export interface HoursView {
  /** Monday to Sunday, each from 0 h to 23 h, on the clocks of the brand. */
  readonly days: readonly (readonly HourCell[])[];
  readonly peak: { readonly day: number; readonly hour: number; readonly mean: number } | null;
  readonly hidden: boolean;
  /** Whole weeks looked at, at most four. */
  readonly weeks: number;
}

const HOUR_S = 3600;
const WEEK = 168;
const MOST_WEEKS = 4;
const LEVELS = 4;
/** 1970-01-01 was a Thursday: the fourth day from Monday. */
const FIRST_DAY = 3;

/**
 * When in the week people engage, from the hours a board shows: the last whole weeks before the hour
 * that is not over. A cell with a hidden hour in it is hidden: a part is not shown as the whole.
 */
export function hoursOf(series: Series, offsetAt: OffsetAt): HoursView | null {
  if (series.step !== HOUR_S) return null;
  const values = numbersOf(series, 'engagements@1').slice(0, -1);
  const begun = values.findIndex((value) => value !== 0);
  const weeks = begun < 0 ? 0 : Math.min(MOST_WEEKS, Math.max(1, Math.floor((values.length - begun) / WEEK)));
  const cells = Array.from({ length: WEEK }, () => ({ sum: 0, count: 0, hidden: false }));
  const first = begun < 0 ? values.length : Math.max(begun, values.length - weeks * WEEK);
  const from = Date.parse(series.from);
  for (let i = first; i < values.length; i++) {
    const at = from + i * HOUR_S * 1000;
    const local = Math.floor((at / 1000 + offsetAt(at)) / HOUR_S) + FIRST_DAY * 24;
    const cell = cells[local % WEEK];
    if (!cell) continue;
    const value = values[i] ?? null;
    if (value === null) cell.hidden = true;
    else cell.sum += value;
    cell.count++;
  }
  const means = cells.map(({ sum, count, hidden }) => (hidden || count === 0 ? null : sum / count));
  const most = Math.max(0, ...means.map((mean) => mean ?? 0));
  const fullest = most > 0 ? means.indexOf(most) : -1;
  return {
    days: Array.from({ length: 7 }, (_, day) =>
      means.slice(day * 24, day * 24 + 24).map((mean, hour) => ({
        mean,
        known: (cells[day * 24 + hour]?.count ?? 0) > 0,
        level: mean === null || most === 0 ? 0 : Math.ceil((mean / most) * LEVELS),
      })),
    ),
    peak: fullest < 0 ? null : { day: Math.floor(fullest / 24), hour: fullest % 24, mean: most },
    hidden: cells.some(({ hidden }) => hidden),
    weeks,
  };
}
