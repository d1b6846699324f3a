import type { Kind, Network } from './vocabulary.ts';

/** The integers of one rollup. */
export interface RollupCounts {
  readonly engagements: number;
  readonly positive: number;
  readonly neutral: number;
  readonly negative: number;
}

/** One rollup that is not what the ledger gives. */
export interface RollupDifference {
  /** Start of the minute, or of the hour, RFC 3339 UTC. */
  readonly minute: string;
  /** Present for a rollup of a whole hour. */
  readonly grain?: 'hour';
  readonly network: Network;
  readonly kind: Kind;
  /** '' for none, as for the language. */
  readonly campaign: string;
  readonly language: string;
  /** `missing`: the ledger has engagements and there is no rollup; `extra`: the reverse. */
  readonly what: 'missing' | 'extra' | 'different';
  /** Rollup minus ledger: how far it is off, not how many people it is about. */
  readonly by: RollupCounts;
}

/** One brand's rollups compared with its ledger. */
export interface Recount {
  readonly brand: string;
  /** Rollups compared, by the minute and by the hour, as far back as both they and the ledger go. */
  readonly rollups: number;
  /** Rollups that differ; 0 is the only good number. */
  readonly differing: number;
  /** The first 100 of them, by minute, then by hour. */
  readonly differences: readonly RollupDifference[];
}

/** Answer to a recount. */
export interface RecountReport {
  /** Instant it ended, RFC 3339 UTC. */
  readonly asOf: string;
  readonly differing: number;
  readonly brands: readonly Recount[];
}
