import type { Audience } from './vocabulary.ts';
import type { DefinitionId, Measures } from './measure.ts';

/** How long one bucket of history is: an hour of UTC, or a day of the brand's time zone. */
export const HISTORY_GRAINS = ['hour', 'day'] as const;
export type HistoryGrain = (typeof HISTORY_GRAINS)[number];

/** What history can be broken down by, one at a time. */
export const HISTORY_DIMENSIONS = ['network', 'kind', 'campaign', 'language'] as const;
export type HistoryDimension = (typeof HISTORY_DIMENSIONS)[number];

/** What history tells of a bucket; the last four of whole buckets alone, without a dimension. */
export const HISTORY_METRICS = [
  'engagements@1',
  'reach.active@1',
  'sentiment@1',
  'coverage@1',
  'reach.potential@1',
  'reactions@1',
  'influence.total@1',
  'consenting@1',
] as const satisfies readonly DefinitionId[];
export type HistoryMetric = (typeof HISTORY_METRICS)[number];

/** What a history is of: it stands before its rows. */
export interface HistoryHead {
  readonly brand: string;
  readonly audience: Audience;
  /** Start of the first bucket and end of the last one, RFC 3339 UTC. */
  readonly from: string;
  readonly to: string;
  readonly grain: HistoryGrain;
  /** Whose days they are (IANA name). */
  readonly timeZone: string;
  readonly by: HistoryDimension | null;
  readonly metrics: readonly HistoryMetric[];
  /** People below which a number is hidden. */
  readonly k: number;
}

/** One bucket, or one key of it. */
export interface HistoryRow {
  readonly from: string;
  readonly to: string;
  /** Date of the brand's day; of days alone. */
  readonly day?: string;
  /** Key of the dimension; absent when there is none. */
  readonly key?: string;
  readonly measures: Measures;
}

/** Rows by bucket, and by key within it; of a breakdown those keys alone that something happened to. */
export interface History extends HistoryHead {
  readonly rows: readonly HistoryRow[];
  /** `cursor` of the next time, which then tells the days alone that are new or have changed. */
  readonly next: string;
}
