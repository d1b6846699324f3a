import type { Series } from './board.ts';
import type { Measure, Measures } from './measure.ts';
import type { ItemError } from './problem.ts';
import type { Purpose } from './vocabulary.ts';
import type { WindowName } from './window.ts';

/** Answer to posted events, after the commit. `received` is the exact sum of the other counts. */
export interface EventsAnswer {
  readonly received: number;
  readonly counted: number;
  readonly duplicate: number;
  readonly refused: number;
  readonly rejected: number;
  readonly quarantined: number;
  /** Number of the live frame that carries them, or of a later one, in the epoch of the board. */
  readonly seq: number;
  /** The first 100. */
  readonly errors: readonly ItemError[];
}

/** Answer to posted consent records, after the commit. `received` is the sum of the other two. */
export interface ConsentsAnswer {
  readonly received: number;
  /** Recorded, or held already: the same record sent again changes nothing. */
  readonly accepted: number;
  readonly rejected: number;
  /** The first 100, or as many as were asked for. */
  readonly errors: readonly ItemError[];
}

/** Answer to a withdrawal; the same for a fan nobody knows. */
export interface WithdrawAnswer {
  readonly withdrawn: readonly Purpose[];
  readonly seq: number;
}

/** Answer to an erasure; the same for a fan nobody knows. */
export interface EraseAnswer {
  readonly confirmation: string;
  readonly seq: number;
}

/** Board values of the period a window is compared with. */
export interface Comparison {
  readonly brand: string;
  readonly window: string;
  readonly with: 'previous' | 'week';
  /** Absolute ends of the compared period, RFC 3339. */
  readonly from: string;
  readonly to: string;
  readonly measures: Measures;
  readonly series: Series;
}

/** Fans of a brand by their habits over the last 26 ISO weeks (rfe@1). */
export interface Loyalty {
  readonly brand: string;
  readonly asOf: string;
  /** Start of the first week, RFC 3339 UTC: a Monday. */
  readonly from: string;
  readonly k: number;
  /** Classes of days since the last act, and of active weeks; the keys of `table` join two by `/`. */
  readonly recency: readonly string[];
  readonly frequency: readonly string[];
  /** Fans in the whole table. */
  readonly total: Measure;
  /** Cells without anybody are left away. */
  readonly table: Readonly<Record<string, Measures>>;
}

/** Brands of one organisation side by side. */
export interface ShareOfVoice {
  readonly window: WindowName;
  readonly k: number;
  /** By slug. */
  readonly brands: Readonly<Record<string, Measure>>;
}

/** Influence of a brand's fans as a whole: nobody by name, nobody alone. */
export interface Influence {
  readonly brand: string;
  readonly window: WindowName;
  readonly asOf: string;
  readonly k: number;
  /** influence.total@1 and influence.h@1. */
  readonly measures: Measures;
  /** Fans by raw weight of their credits: the key "8" holds those with 8 to 15. */
  readonly histogram: Readonly<Record<string, Measures>>;
}
