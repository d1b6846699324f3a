import type { Network, Kind } from './vocabulary.ts';

/** One of the last events a brand took, without anything of a person. */
export interface LatestEvent {
  readonly network: Network;
  readonly kind: Kind;
  /** When it happened, to the minute, RFC 3339. */
  readonly at: string;
}

/** Events of one minute and network that were not counted, and why. */
export interface LatestRefusal {
  readonly network: Network;
  readonly reason: string;
  /** RFC 3339, to the minute. */
  readonly at: string;
  readonly count: number;
}

/** What came of the events of the last hour: for whoever connects a source. */
export interface LatestBody {
  readonly asOf: string;
  readonly events: readonly LatestEvent[];
  readonly refusals: readonly LatestRefusal[];
}
