import type { EventBody, Verb } from '@fanfare/contract';
import type { Labelled, Recorded } from './engagement.ts';

const RANK: Readonly<Record<Verb, number>> = { add: 0, edit: 1, remove: 2 };

/**
 * One number that orders all statements about an event: by revision, then remove > edit > add,
 * so that a network without revisions can still correct itself.
 */
export function revisionOf({ rev, verb }: Pick<EventBody, 'rev' | 'verb'>): number {
  return Math.min(rev, NEWEST) * 4 + RANK[verb];
}

/** Above it four times a revision is no whole number any more; microseconds of 2041. */
const NEWEST = 2 ** 51 - 1;

/** Revision at which a withheld event is buried: no statement about it is newer, ever. */
export const WITHHELD = Number.MAX_SAFE_INTEGER;

/** One statement about one event: `after` null removes it. */
export interface Statement {
  readonly key: string;
  readonly rev: number;
  readonly after: Labelled | null;
  /** It may report an adverse event: withheld from every number, and so is all that is said of the event. */
  readonly withheld?: true;
}

/** What the ledger knows of an event before: its row, or the revision that removed it. */
export interface Known {
  readonly row: Labelled | null;
  /** Of an event that is withheld: the one its report was made from. */
  readonly rev: number;
  readonly withheld?: boolean;
}

export type Outcome = 'counted' | 'duplicate' | 'quarantined';

/** What a batch does to the ledger. */
export interface Resolution {
  /** In the order of the statements. */
  readonly outcomes: readonly Outcome[];
  /** One per event whose row changed. */
  readonly recorded: readonly Recorded[];
  /** Removals to be remembered, key → revision. */
  readonly tombstones: ReadonlyMap<string, number>;
  /** Events whose report is new or newer, key → revision. */
  readonly withheld: ReadonlyMap<string, number>;
}

/**
 * Fold statements over what is known, in order: a higher revision replaces, an equal or lower one
 * is a duplicate. Removing what is not held changes no number and is a duplicate too, but is
 * remembered, so that order of arrival does not matter. An event that one statement withholds stays
 * withheld whatever others say, before or after; another report of it counts when it is newer.
 */
export function resolve(statements: readonly Statement[], known: ReadonlyMap<string, Known>): Resolution {
  const current = new Map<string, Known>();
  const withheld = new Map<string, number>();
  const outcomes = statements.map(({ key, rev, after, withheld: reports }): Outcome => {
    const was = current.get(key) ?? known.get(key);
    if (reports) {
      if (was?.withheld && rev <= was.rev) return 'duplicate';
      current.set(key, { row: null, rev, withheld: true });
      withheld.set(key, rev);
      return 'quarantined';
    }
    if (was?.withheld) return 'duplicate';
    if (was && rev <= was.rev) return 'duplicate';
    current.set(key, { row: after, rev });
    return after || was?.row ? 'counted' : 'duplicate';
  });
  const recorded: Recorded[] = [];
  const tombstones = new Map<string, number>();
  for (const [key, { row, rev, withheld: held }] of current) {
    const before = known.get(key)?.row ?? null;
    if (before || row) recorded.push({ before, after: row });
    if (!row) tombstones.set(key, held ? WITHHELD : rev);
  }
  return { outcomes, recorded, tombstones, withheld };
}
