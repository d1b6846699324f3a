import type { Transaction } from '@fanfare/db';
import type { Recorded } from '../domain/engagement.ts';
import type { Tally } from '../domain/rollup.ts';
import type { BrandRef } from '../parts.ts';
import { ENGAGEMENT_COLUMNS, addChanges, fromRow, type EngagementRow } from './rows.ts';

/** A fan whose engagements must go. */
export interface Limit {
  readonly fan: number;
  /** Start of the consent in force, null for none: what is older must go. */
  readonly since: number | null;
}

interface PlacedRow extends EngagementRow {
  /** Where the row is, as of this transaction. */
  place: string;
}

/** Rows of one statement: small enough for its bound in time, and for one turn of the event loop. */
const RUN = 4_000;

/**
 * Take every engagement of these fans that no consent in force covers out of the ledger, and out of
 * the rollups. However many there are, it is one transaction of statements that are short each: half
 * a withdrawal is never to be seen, not even after a crash, and none of the statements is too long.
 */
export function takeBack(
  tx: Transaction,
  tally: Tally,
  brand: BrandRef,
  limits: readonly Limit[],
): Promise<Recorded[]> {
  return inRuns(tx, tally, brand, 'fan', limits, async (rows) => {
    await tx`delete from engagement where ctid = any(${rows.map((row) => row.place)}::tid[])`;
    return rows.map((row) => ({ before: fromRow(row), after: null }));
  });
}

/** Engagements with objects of these fans lose their owner where no consent to influence covers them. */
export function disown(
  tx: Transaction,
  tally: Tally,
  brand: BrandRef,
  limits: readonly Limit[],
): Promise<Recorded[]> {
  return inRuns(tx, tally, brand, 'owner', limits, async (rows) => {
    await tx`update engagement set owner = null where ctid = any(${rows.map((row) => row.place)}::tid[])`;
    return rows.map((row) => {
      const before = fromRow(row);
      return { before, after: { ...before, owner: -1 } };
    });
  });
}

async function inRuns(
  tx: Transaction,
  tally: Tally,
  brand: BrandRef,
  column: 'fan' | 'owner',
  limits: readonly Limit[],
  take: (rows: readonly PlacedRow[]) => Promise<Recorded[]>,
): Promise<Recorded[]> {
  if (limits.length === 0) return [];
  const recorded: Recorded[] = [];
  const name = tx.unsafe(`going_${column}`);
  await tx`declare ${name} no scroll cursor for ${rowsOf(tx, brand, column, limits)}`;
  for (let size = RUN; size === RUN;) {
    const rows = await tx<PlacedRow[]>`fetch ${tx.unsafe(String(RUN))} from ${name}`;
    size = rows.length;
    if (size === 0) break;
    const run = await take(rows);
    await addChanges(tx, brand, tally(run));
    for (const one of run) recorded.push(one);
  }
  await tx`close ${name}`;
  return recorded;
}

/**
 * One probe of the fan's (or owner's) index each. `offset 0` keeps the inner query whole: joined
 * freely, PostgreSQL may read the brand instead, and does so while it has no statistics.
 */
function rowsOf(
  tx: Transaction,
  { organisation, id }: BrandRef,
  column: 'fan' | 'owner',
  limits: readonly Limit[],
): ReturnType<typeof tx.unsafe> {
  return tx`
    select going.* from json_to_recordset(${JSON.stringify(limits)}::text::json) as t(fan int, since int8)
    cross join lateral (
      select ctid as place, ${tx.unsafe(ENGAGEMENT_COLUMNS)} from engagement
      where organisation_id = ${organisation} and brand_id = ${id} and ${tx.unsafe(column)} = t.fan
      offset 0) as going
    where t.since is null or going.occurred_at < t.since`;
}
