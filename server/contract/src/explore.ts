import type { HistoryDimension } from './history.ts';
import type { Measures } from './measure.ts';

/** What Explore lists and filters by; `hour` is the hour of the day in the brand's zone, 0 to 23. */
export const EXPLORE_DIMENSIONS = [
  'network',
  'kind',
  'campaign',
  'language',
  'hour',
] as const satisfies readonly (HistoryDimension | 'hour')[];
export type ExploreDimension = (typeof EXPLORE_DIMENSIONS)[number];

/** Days of the brand's zone that a period can have, and days of one step of its series. */
export const EXPLORE_DAYS = [7, 28, 91, 364] as const;
export const EXPLORE_STEPS: Readonly<Record<(typeof EXPLORE_DAYS)[number], number>> = {
  7: 1,
  28: 1,
  91: 7,
  364: 14,
};

/** What a period is compared with: the one before it, the same days of the week before, nothing. */
export const EXPLORE_COMPARISONS = ['previous', 'week', 'none'] as const;
export type ExploreComparison = (typeof EXPLORE_COMPARISONS)[number];

/** Filters at once, one a dimension. */
export const MOST_FILTERS = 3;

/** One key of a dimension that alone is looked at, or (`not`) that is left out. */
export interface ExploreFilter {
  readonly by: ExploreDimension;
  readonly key: string;
  readonly not: boolean;
}

/** What is compared. */
export interface ExplorePeriod {
  /** First and last day of the brand's zone, as `2026-11-22`. */
  readonly first: string;
  readonly last: string;
  /** Start of the first and end of the last day, RFC 3339; the last may not be over. */
  readonly from: string;
  readonly to: string;
}

/** Engagements and distinct fans of one cell: `engagements@1`, `reach.active@1`. */
export interface ExploreRow {
  /** `null`: all keys together that are too far down to be listed. */
  readonly key: string | null;
  readonly measures: Measures;
  /** The same of the period compared with; absent without one, or where it had no such key. */
  readonly before?: Measures;
}

/** One step of the series. */
export interface ExploreStep {
  /** Start, RFC 3339. */
  readonly from: string;
  readonly measures: Measures;
  readonly before?: Measures;
}

/** What Explore shows of a period under some filters. */
export interface Exploration {
  readonly brand: string;
  readonly audience: 'team';
  /** People below which a number is hidden. */
  readonly k: number;
  readonly timeZone: string;
  readonly asOf: string;
  readonly days: number;
  readonly period: ExplorePeriod;
  readonly before: ExplorePeriod | null;
  readonly filters: readonly ExploreFilter[];
  readonly total: Omit<ExploreRow, 'key'>;
  /** Largest first, hidden ones last by name; a dimension's own filter does not narrow its own list. */
  readonly tables: Readonly<Record<ExploreDimension, readonly ExploreRow[]>>;
  readonly series: readonly ExploreStep[];
}

/** The answer while a brand's ledger is still being read (202): ask again in a second. */
export interface ExploreLoading {
  /** Engagements read so far, and how many there are; `null` while that is not known yet. */
  readonly loading: { readonly rows: number; readonly of: number | null };
}
