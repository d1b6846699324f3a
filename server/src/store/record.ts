import type { Sql, Transaction } from '@fanfare/db';
import type { Labelled } from '../domain/engagement.ts';
import { WITHHELD, resolve, type Known } from '../domain/revision.ts';
import type { Tally } from '../domain/rollup.ts';
import type { BrandRef, RecordAnswer, RecordBatch } from '../parts.ts';
import { keepExcerpts } from './excerpts.ts';
import { addMarks } from './delivery-marks.ts';
import { keepCases, reportsOf } from './quarantine-cases.ts';
import {
  ENGAGEMENT_COLUMNS,
  addChanges,
  addRefusals,
  fromRow,
  step,
  toJson,
  type EngagementRow,
} from './rows.ts';
import { inBrand } from './tenant.ts';

/**
 * Record one batch and its rollups in one transaction: insert what seems new, look up what the
 * ledger knows of the rest, fold by revision, write the difference.
 * @throws OutOfStep when the brand has commits this process does not know of
 */
export async function recordBatch(
  sql: Sql,
  tally: Tally,
  brand: BrandRef,
  batch: RecordBatch,
): Promise<RecordAnswer> {
  return inBrand(sql, brand, async (tx) => {
    const keys = [...new Set(batch.statements.map((statement) => statement.key))].sort();
    const [, known] = await Promise.all([
      step(tx, brand, batch.commits),
      buried(tx, brand, keys),
      tx`select ${tx.unsafe(IN_ORDER)}`,
    ]);
    await reportsOf(tx, brand, batch.statements, known);
    // Most batches are new altogether: a row is looked up only where an insert stumbles over one.
    const seeming = resolve(batch.statements, known).recorded.flatMap(({ after }) => after ?? []);
    const inserted = await insertRows(tx, brand, seeming);
    const fresh = new Set(inserted === seeming.length ? seeming.map((row) => row.key) : []);
    await lookUp(tx, brand, fresh.size > 0 ? keys.filter((key) => !fresh.has(key)) : keys, known);
    const { outcomes, recorded, tombstones, withheld } = resolve(batch.statements, known);
    const changed = recorded.flatMap(({ before, after }) => (after && before ? [after] : []));
    const gone = recorded.flatMap(({ before, after }) => (before && !after ? [before.key] : []));
    await deleteRows(tx, brand, [...gone, ...changed.map((row) => row.key)]);
    await Promise.all([
      insertRows(tx, brand, changed),
      bury(tx, brand, tombstones),
      unbury(tx, brand, recorded),
      addChanges(tx, brand, tally(recorded)),
      addRefusals(tx, brand, batch.refusals),
      keepExcerpts(tx, brand, recorded, batch.excerpts ?? null),
      addMarks(tx, brand, batch.marks ?? []),
      keepCases(tx, brand, batch.cases ?? [], withheld),
    ]);
    return { outcomes, recorded };
  });
}

/**
 * Rows come in the order of their index, or not at all: PostgreSQL thinks little of a brand it has no
 * statistics of, and would read all of it for each key in order to sort it.
 */
const IN_ORDER = `set_config('enable_sort', 'off', true)`;

/** Removals the ledger remembers. */
async function buried(
  tx: Transaction,
  { organisation, id }: BrandRef,
  keys: readonly string[],
): Promise<Map<string, Known>> {
  if (keys.length === 0) return new Map();
  const rows = await tx<{ key: string; rev: number }[]>`select key, rev from tombstone
    where organisation_id = ${organisation} and brand_id = ${id} and key = any(${keys as string[]}::uuid[])`;
  return new Map(
    rows.map(({ key, rev }) => [key.replaceAll('-', ''), { row: null, rev, withheld: rev >= WITHHELD }]),
  );
}

/** Add to `known` the rows of these keys, but for those this very transaction has inserted. */
async function lookUp(
  tx: Transaction,
  brand: BrandRef,
  keys: readonly string[],
  known: Map<string, Known>,
): Promise<void> {
  if (keys.length === 0) return;
  const rows = await tx<EngagementRow[]>`
    select ${tx.unsafe(ENGAGEMENT_COLUMNS)} from ${rowsOf(tx, brand, keys)}
    where inserted_by <> pg_current_xact_id()::xid`;
  for (const row of rows) {
    const fact = fromRow(row);
    known.set(fact.key, { row: fact, rev: fact.rev });
  }
}

/**
 * The ledger's rows of these keys, one probe of the primary key each: the first from the key on, which
 * no other index gives in order. A plain `key = any(…)` leaves PostgreSQL the choice to read the whole
 * brand instead, and it takes that while it has no statistics.
 */
function rowsOf(
  tx: Transaction,
  { organisation, id }: BrandRef,
  keys: readonly string[],
): ReturnType<typeof tx.unsafe> {
  return tx`(
    select found.* from unnest(${keys as string[]}::uuid[]) as wanted(wanted_key) cross join lateral (
      select ctid as place, xmin as inserted_by, * from engagement
      where organisation_id = ${organisation}::int and brand_id = ${id}::int and key >= wanted_key
      order by key limit 1) as found
    where found.key = wanted_key) as probed`;
}

/** Insert the rows whose key is not held yet; gives how many they were. */
async function insertRows(
  tx: Transaction,
  { organisation, id }: BrandRef,
  rows: readonly Labelled[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const { count } = await tx`
    insert into engagement (organisation_id, brand_id, ${tx.unsafe(ENGAGEMENT_COLUMNS)})
    select ${organisation}::int, ${id}::int, ${tx.unsafe(ENGAGEMENT_COLUMNS)}
    from json_to_recordset(${toJson(rows)}::text::json)
      as t(key uuid, rev int8, network int2, kind int2, fan int, occurred_at int8, label int2, owner int,
           followers int, id text, object text, reaction text, campaign text, language text, model text)
    on conflict (organisation_id, brand_id, key) do nothing`;
  return count;
}

async function deleteRows(tx: Transaction, brand: BrandRef, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx`delete from engagement where ctid = any(array(select place from ${rowsOf(tx, brand, keys)}))`;
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
