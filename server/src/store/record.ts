import type { Sql, Transaction } from '@fanfare/db';
import type { Labelled } from '../domain/engagement.ts';
import { resolve, type Known } from '../domain/revision.ts';
import type { Tally } from '../domain/rollup.ts';
import type { BrandRef, RecordAnswer, RecordBatch } from '../parts.ts';
import {
  ENGAGEMENT_COLUMNS,
  addChanges,
  addRefusals,
  fromRow,
  step,
  toJson,
  type EngagementRow,
} from './rows.ts';

/**
 * Record one batch and its rollups in one transaction: look up what the ledger knows of the keys,
 * fold by revision, write the difference.
 * @throws OutOfStep when the brand has commits this process does not know of
 */
export async function recordBatch(
  sql: Sql,
  tally: Tally,
  brand: BrandRef,
  batch: RecordBatch,
): Promise<RecordAnswer> {
  return sql.begin(async (tx) => {
    const keys = [...new Set(batch.statements.map((statement) => statement.key))].sort();
    const [, known] = await Promise.all([step(tx, brand, batch.commits), lookUp(tx, brand, keys)]);
    const { outcomes, recorded, tombstones } = resolve(batch.statements, known);
    const fresh = recorded.flatMap(({ before, after }) => (after && !before ? [after] : []));
    const changed = recorded.flatMap(({ before, after }) => (after && before ? [after] : []));
    const gone = recorded.flatMap(({ before, after }) => (before && !after ? [before.key] : []));
    await Promise.all([
      deleteRows(tx, brand, [...gone, ...changed.map((row) => row.key)]),
      insertRows(tx, brand, [...fresh, ...changed]),
      bury(tx, brand, tombstones),
      unbury(tx, brand, recorded),
      addChanges(tx, brand, tally(recorded)),
      addRefusals(tx, brand, batch.refusals),
    ]);
    return { outcomes, recorded };
  });
}

async function lookUp(
  tx: Transaction,
  brand: BrandRef,
  keys: readonly string[],
): Promise<Map<string, Known>> {
  const known = new Map<string, Known>();
  if (keys.length === 0) return known;
  const { organisation, id } = brand;
  const [rows, buried] = await Promise.all([
    tx<EngagementRow[]>`select ${tx.unsafe(ENGAGEMENT_COLUMNS)} from engagement
      where organisation_id = ${organisation} and brand_id = ${id} and key = any(${keys}::uuid[])`,
    tx<{ key: string; rev: number }[]>`select key, rev from tombstone
      where organisation_id = ${organisation} and brand_id = ${id} and key = any(${keys}::uuid[])`,
  ]);
  for (const { key, rev } of buried) known.set(key.replaceAll('-', ''), { row: null, rev });
  for (const row of rows) {
    const fact = fromRow(row);
    known.set(fact.key, { row: fact, rev: fact.rev });
  }
  return known;
}

async function insertRows(
  tx: Transaction,
  { organisation, id }: BrandRef,
  rows: readonly Labelled[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx`
    insert into engagement (organisation_id, brand_id, ${tx.unsafe(ENGAGEMENT_COLUMNS)})
    select ${organisation}::int, ${id}::int, ${tx.unsafe(ENGAGEMENT_COLUMNS)}
    from json_to_recordset(${toJson(rows)}::text::json)
      as t(key uuid, rev int8, network int2, kind int2, fan int, occurred_at int8, label int2, owner int,
           followers int, id text, object text, reaction text, campaign text, language text, model text)`;
}

async function deleteRows(
  tx: Transaction,
  { organisation, id }: BrandRef,
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) return;
  await tx`delete from engagement
    where organisation_id = ${organisation} and brand_id = ${id} and key = any(${keys}::uuid[])`;
}

async function bury(
  tx: Transaction,
  { organisation, id }: BrandRef,
  tombstones: ReadonlyMap<string, number>,
): Promise<void> {
  if (tombstones.size === 0) return;
  const rows = [...tombstones].map(([key, rev]) => ({ key, rev }));
  await tx`
    insert into tombstone (organisation_id, brand_id, key, rev, received_at)
    select ${organisation}::int, ${id}::int, key, rev, (extract(epoch from now()) * 1000)::int8
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as t(key uuid, rev int8)
    on conflict (organisation_id, brand_id, key) do update set rev = excluded.rev, received_at = excluded.received_at`;
}

/** An event that came back with a higher revision is no longer removed. */
async function unbury(
  tx: Transaction,
  { organisation, id }: BrandRef,
  recorded: RecordAnswer['recorded'],
): Promise<void> {
  const back = recorded.flatMap(({ before, after }) =>
    after && !before && after.rev > 1 ? [after.key] : [],
  );
  if (back.length === 0) return;
  await tx`delete from tombstone
    where organisation_id = ${organisation} and brand_id = ${id} and key = any(${back}::uuid[])`;
}
