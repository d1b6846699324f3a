import type { Measure } from './measure.ts';
import type { Recount } from './recount.ts';
import type { Network, Purpose } from './vocabulary.ts';

/** Acts of consent about one purpose in a period, by the instant they were recorded. Exact. */
export interface PurposeActs {
  readonly purpose: Purpose;
  readonly granted: number;
  /** Answered no, never having said yes since. */
  readonly declined: number;
  /** Took back a yes. */
  readonly withdrawn: number;
}

/** A check of a brand's chain of consent records: under way, or what it found. */
export interface ChainCheckBody {
  readonly state: 'waiting' | 'running' | 'intact' | 'broken' | 'failed';
  readonly startedAt: string;
  /** Records walked so far, of so many. */
  readonly checked: number;
  readonly records: number;
  /** How long it has taken, milliseconds. */
  readonly ms: number;
  /** Hash of the last record, hexadecimal, of an intact chain. */
  readonly head?: string;
  /** First record that is missing, altered or out of place. */
  readonly at?: number;
}

/** What a brand's team can show for a period of whole days of the brand's calendar. */
export interface BrandProof {
  readonly brand: string;
  readonly asOf: string;
  /** First and last day, and the instants they start and end at (the end is not within). */
  readonly from: string;
  readonly to: string;
  readonly starts: string;
  readonly ends: string;
  readonly purposes: readonly PurposeActs[];
  /** Engagements the gate refused, by reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** Fans erased. */
  readonly erased: number;
  readonly requests: { readonly received: number; readonly closed: number; readonly late: number };
  /** Records in the chain. */
  readonly records: number;
  readonly chain: ChainCheckBody | null;
  readonly recount: { readonly asOf: string; readonly recount: Recount } | null;
  readonly retention: readonly {
    readonly what: string;
    readonly keep: { readonly count: number; readonly unit: string };
  }[];
}

/** Totals of the board of 30 days at one moment of a rehearsal. */
export interface RehearsalTotals {
  readonly asOf: string;
  readonly consenting: Measure | null;
  readonly reach: Measure | null;
  readonly engagements: Measure | null;
}

/** An invented fan withdrawn for real: the numbers before and after, and what a replay brings back. */
export interface Rehearsal {
  readonly brand: string;
  readonly network: Network;
  /** Engagements of this fan that were held. */
  readonly held: number;
  /** How long the withdrawal took until its answer, milliseconds. */
  readonly ms: number;
  readonly before: RehearsalTotals;
  readonly after: RehearsalTotals;
  /** After all that was held has been sent again. */
  readonly replayed: RehearsalTotals;
  readonly replay: { readonly received: number; readonly counted: number; readonly refused: number };
  /** Engagements held of the fan at the end. */
  readonly left: number;
  /** Rollups compared with the ledger at the end, and how many differ. */
  readonly recount: { readonly rollups: number; readonly differing: number };
  /** Rollups and totals moved by exactly the fan's own part, and by nothing after. */
  readonly exact: boolean;
}
