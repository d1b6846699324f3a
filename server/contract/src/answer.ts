import type { ItemError } from './problem.ts';
import type { Purpose } from './vocabulary.ts';

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

/** Answer to posted consent records, after the commit. */
export interface ConsentsAnswer {
  readonly received: number;
  readonly accepted: number;
  readonly rejected: number;
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
  readonly measures: import('./measure.ts').Measures;
  readonly series: import('./board.ts').Series;
}
