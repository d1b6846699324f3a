import type { Transaction } from '@fanfare/db';
import { OutOfStep } from '../domain/fault.ts';
import type { Change } from '../domain/rollup.ts';
import { byHour, ofFoldedHours, type RollupEdges } from '../domain/rollup-edges.ts';
import type { BrandRef, RefusalCount } from '../parts.ts';

const COLUMNS = 'folded_until as "foldedUntil", minutes_from as "minutesFrom", held_from as "heldFrom"';

/**
 * The edges of a brand, whose row is locked until the transaction ends: no commit comes between. It
 * is no commit itself, so the number of commits stays.
 * @throws OutOfStep when the brand is gone
 */
export async function edgesOf(tx: Transaction, { organisation, id }: BrandRef): Promise<RollupEdges> {
  const rows = await tx<RollupEdges[]>`
    select ${tx.unsafe(COLUMNS)} from brand
    where organisation_id = ${organisation} and id = ${id} for no key update`;
  return theOne(rows);
}

/** The same as a transaction that only reads sees them. @throws OutOfStep when the brand is gone */
export async function edgesSeen(
  tx: Transaction,
  { organisation, id }: BrandRef,
): Promise<RollupEdges & { readonly commits: number }> {
  return theOne(
    await tx<(RollupEdges & { commits: number })[]>`
      select ${tx.unsafe(COLUMNS)}, commits from brand where organisation_id = ${organisation} and id = ${id}`,
  );
}

function theOne<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new OutOfStep('the brand is gone');
  return row;
}

/** Add changes to the rollups of the folded hours. */
export async function addHourChanges(
  tx: Transaction,
  { organisation, id }: BrandRef,
  changes: readonly Change[],
  edges: RollupEdges,
): Promise<void> {
  const hours = byHour(ofFoldedHours(changes, edges));
  if (hours.length === 0) return;
  await tx`
    insert into rollup_hour as r
    select ${organisation}::int, ${id}::int, t.* from json_to_recordset(${JSON.stringify(hours)}::text::json)
      as t(hour int, network int2, kind int2, campaign text, language text,
           engagements int, positive int, neutral int, negative int)
    order by hour, network, kind, campaign, language
    on conflict (organisation_id, brand_id, hour, network, kind, campaign, language) do update set
      engagements = r.engagements + excluded.engagements, positive = r.positive + excluded.positive,
      neutral = r.neutral + excluded.neutral, negative = r.negative + excluded.negative`;
  if (hours.some((change) => change.engagements < 0)) {
    await tx`delete from rollup_hour where organisation_id = ${organisation} and brand_id = ${id}
      and engagements = 0 and hour = any(${[...new Set(hours.map((change) => change.hour))]}::int[])`;
  }
}

/** Add refusals to those of the folded hours. */
export async function addHourRefusals(
  tx: Transaction,
  { organisation, id }: BrandRef,
  refusals: readonly RefusalCount[],
  edges: RollupEdges,
): Promise<void> {
  const late = ofFoldedHours(refusals, edges);
  if (late.length === 0) return;
  await tx`
    insert into refusal_hour as r
    select ${organisation}::int, ${id}::int, minute / 60, network, reason, sum(count)
    from json_to_recordset(${JSON.stringify(late)}::text::json) as t(minute int, network int2, reason int2, count int)
    group by 3, 4, 5
    on conflict (organisation_id, brand_id, hour, network, reason)
      do update set count = r.count + excluded.count`;
}
