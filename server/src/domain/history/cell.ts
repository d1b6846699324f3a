/** What is known of one bucket, or of one key of it, before release. Never leaves the server. */
export interface HistoryCell {
  readonly engagements: number;
  readonly positive: number;
  readonly neutral: number;
  readonly negative: number;
  /** Distinct fans, and those of them with a labelled text; at least so many where not `held`. */
  readonly fans: number;
  readonly opinions: number;
  /** Mean over fans of (p − n) / (p + n + u), −1 to 1; `null` without opinions or where not held. */
  readonly mean: number | null;
  /** Distinct fans with a text of each polarity, where the ledger tells. */
  readonly voices?: { readonly positive: number; readonly neutral: number; readonly negative: number };
  /** Does the ledger still hold all of it? Else it is frozen, and people are a lower bound. */
  readonly held: boolean;
}

/** One bucket with its keys; a day and its hours have the same shape. */
export interface HistoryBucket {
  /** Milliseconds since 1970; `to` exclusive. */
  readonly from: number;
  readonly to: number;
  readonly total: HistoryCell;
  readonly cells: ReadonlyMap<string, HistoryCell>;
  /** What has no key, or one too far down to be listed. */
  readonly rest: HistoryCell | null;
  /** Refused, in all and by key where refusals know it (network). */
  readonly refused: number;
  readonly refusedBy: ReadonlyMap<string, number>;
  /**
   * True for a day whose edges cut hours (a zone of half an hour): what is known by the hour alone is
   * then put to the day in which its hour begins.
   */
  readonly cut: boolean;
  /** `null` where the ledger does not hold all of it any more, or was not asked. */
  readonly whole: HistoryWhole | null;
  /** Fans who consent at its end; `null` where it was not asked. */
  readonly consenting: number | null;
}

/** A day of the brand with its hours, which the days' numbers would give away if they were not looked at together. */
export interface HistoryDay {
  readonly day: HistoryBucket;
  readonly hours: readonly HistoryBucket[];
}

/** What is known of a bucket as a whole alone, from the ledger, before release. Never leaves the server. */
export interface HistoryWhole {
  /** Fans who shared, quoted or mentioned; those of them whose followers are known. */
  readonly amplifiers: number;
  readonly known: number;
  /** Sum of their followers, and the largest part of it that is one fan's. */
  readonly followers: number;
  readonly widest: number;
  readonly reactions: number;
  readonly reactors: number;
  /** Credits by class: reaction, comment, share. */
  readonly credits: readonly [reaction: number, comment: number, share: number];
  /** Fans who have them. */
  readonly owners: number;
  /** Their sum of w · 2^(−age / 7 days) at the bucket's end, and the largest part of it that is one fan's. */
  readonly influence: number;
  readonly strongest: number;
}

/** Nothing happened. */
export const NOTHING: HistoryWhole = {
  ...{ amplifiers: 0, known: 0, followers: 0, widest: 0, reactions: 0, reactors: 0 },
  ...{ credits: [0, 0, 0], owners: 0, influence: 0, strongest: 0 },
};
