import { PURPOSES } from '@fanfare/contract';
import { isTooNarrow } from '../release/measure.ts';
import { releaseCounts, type PurposeCount, type ReleasedCount } from '../trust.ts';
import { RowOfCells, type ReleasedRow } from './cells.ts';
import type { Before } from './release-day.ts';

/** Credits of some days before release. Never leaves the server. */
export interface CreditFacts {
  /** Sum of decayed weights, and the largest part of it that one fan has. */
  readonly total: number;
  readonly largest: number;
  /** Distinct fans with credits, and with credits of each class. */
  readonly owners: number;
  readonly reaction: number;
  readonly comment: number;
  readonly share: number;
  readonly reactionOwners: number;
  readonly commentOwners: number;
  readonly shareOwners: number;
}

/**
 * influence.total@1 of the seven days that end with a day, for BI tools.
 * @param k people below which it is hidden @param day days since 1970-01-01 @param asOf end of it, ms
 */
export function releaseBiInfluence(
  facts: CreditFacts,
  k: number,
  day: number,
  asOf: number,
  before: Before,
): ReleasedRow {
  const row = new RowOfCells('influence_daily', day, k, asOf, before('influence_daily', day));
  const { reaction, comment, share } = facts;
  const raw = {
    ...({ definition: 'influence.total@1', kind: 'computed' } as const),
    ...{ value: facts.total, people: facts.owners, largest: facts.largest },
    parts: { reaction, comment, share },
    partPeople: {
      reaction: facts.reactionOwners,
      comment: facts.commentOwners,
      share: facts.shareOwners,
    },
  };
  const hidden = isTooNarrow(raw, k);
  const { value, n, parts } = row.release('influence', raw, hidden);
  row.cell('influence_7_days', value, hidden);
  row.cell('influential_fans', n, hidden);
  for (const name of ['reaction', 'comment', 'share'] as const)
    row.cell(`${name}_credits`, parts?.[name], hidden || parts?.[name] === undefined);
  return row.done();
}

/** How many fans gave and withdrew each purpose until the end of a day, for BI tools. */
export function releaseBiConsents(
  counts: readonly PurposeCount[],
  k: number,
  day: number,
  asOf: number,
  before: Before,
): ReleasedRow {
  const row = new RowOfCells('consent_daily', day, k, asOf, before('consent_daily', day));
  const old = PURPOSES.flatMap((purpose): ReleasedCount[] => {
    const shown = row.before(purpose);
    return shown ? [{ purpose, granted: shown[0], withdrawn: shown[1] }] : [];
  });
  for (const { purpose, granted, withdrawn } of releaseCounts(counts, k, old)) {
    row.cell(`granted_${purpose}`, granted, granted === null);
    row.cell(`withdrawn_${purpose}`, withdrawn, withdrawn === null);
    row.keep(purpose, [granted, withdrawn]);
  }
  return row.done();
}
