import { HISTORY_DIMENSIONS, KINDS, NETWORKS, type HistoryDimension } from '@fanfare/contract';
import type { Transaction } from '@fanfare/db';
import type { HistoryFacts } from '../domain/history/assemble.ts';
import { OF_WHOLES } from '../domain/history/whole.ts';
import type { HistoryQuery } from '../domain/history/query.ts';
import type { BrandRef } from '../parts.ts';
import { consentingAt, wholesOf } from './history-wholes.ts';
import { edgesSeen } from './hours.ts';

const HOUR = 3_600_000;
/** Keys listed of an open dimension, the largest of the whole range first. */
const MOST_KEYS = 40;
const WHOLES: ReadonlySet<string> = new Set(OF_WHOLES);
const COUNTS = 'engagements, positive, neutral, negative';
const SUMS = COUNTS.replace(/\w+/g, 'sum($&)::int8 as $&');

/** Names of the codes of a closed dimension. */
const NAMES: Partial<Record<HistoryDimension, readonly string[]>> = { network: NETWORKS, kind: KINDS };

type Fragment = ReturnType<Transaction['unsafe']>;
type Row<T extends 'counts' | 'people' | 'frozen'> = HistoryFacts[T][number];

/** The keys that a history lists, as the database has them. @param edges of all its days, ms */
export async function keysOf(
  tx: Transaction,
  brand: BrandRef,
  by: HistoryDimension | null,
  edges: readonly number[],
): Promise<readonly string[]> {
  if (by === null) return [];
  const names = NAMES[by];
  if (names) return names.map((_, code) => String(code));
  const hours = hoursOf(edges);
  const { foldedUntil } = await edgesSeen(tx, brand);
  const rows = await tx<{ key: string }[]>`
    select key from (
      ${rollups(tx, brand, tx.unsafe(by), hours, foldedUntil)}
      union all select hour, key, ${tx.unsafe(COUNTS)} from rollup_frozen
      where ${frozenOf(tx, brand, hours)} and dimension = ${dimensionOf(by)}) as t
    where key <> '' group by key order by sum(engagements) desc, key limit ${MOST_KEYS}`;
  return rows.map(({ key }) => key);
}

/**
 * Everything that is stored of a run of days, as of one instant.
 * @param keys those that are listed @param edges starts of the days and the end of the last one, ms
 */
export async function factsOf(
  tx: Transaction,
  brand: BrandRef,
  { by, grain, metrics }: HistoryQuery,
  keys: readonly string[],
  edges: readonly number[],
): Promise<HistoryFacts> {
  const hours = hoursOf(edges);
  const { heldFrom, foldedUntil } = await edgesSeen(tx, brand);
  const key = keyOf(tx, by, keys);
  const counts = await tx<Row<'counts'>[]>`
    select hour, key, ${tx.unsafe(SUMS)} from (${rollups(tx, brand, key, hours, foldedUntil)}) as t
    group by hour, key`;
  const people = await tx<Row<'people'>[]>`${ledger(tx, brand, key, by !== null, grain === 'hour', edges)}`;
  const asked = by === null ? metrics : [];
  const wholes = asked.some((metric) => WHOLES.has(metric))
    ? await wholesOf(tx, brand, grain === 'hour', edges)
    : null;
  const ends = grain === 'day' ? edges.slice(1) : range(...hours).map((hour) => (hour + 1) * HOUR);
  const consenting = asked.includes('consenting@1') ? await consentingAt(tx, brand, ends) : [];
  const frozen = hours[0] < heldFrom ? await frozenRows(tx, brand, by, keys, hours) : [];
  const named = <T extends { readonly key: string | null }>(rows: readonly T[]) =>
    rows.map((row) => ({ ...row, key: nameOf(by, row.key) }));
  return {
    ...{ edges, by, heldFrom, refusals: await refusalsOf(tx, brand, hours, foldedUntil) },
    ...{ wholes, consenting },
    ...{ counts: named(counts), people: named(people), frozen: named(frozen) },
  };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

/** Hours that begin in a run of days: from the first, to after the last. */
function hoursOf(edges: readonly number[]): readonly [number, number] {
  return [Math.ceil(edges[0]! / HOUR), Math.ceil(edges.at(-1)! / HOUR)];
}

function dimensionOf(by: HistoryDimension | null): number {
  return by === null ? 0 : HISTORY_DIMENSIONS.indexOf(by) + 1;
}

/** SQL of the key of a row, null for what is not listed. */
function keyOf(tx: Transaction, by: HistoryDimension | null, keys: readonly string[]): Fragment {
  if (by === null) return tx.unsafe('null::text');
  const column = tx.unsafe(by);
  if (NAMES[by]) return tx.unsafe(`${by}::text`);
  return tx`case when ${column} = any(${keys as string[]}::text[]) then ${column} end`;
}

function nameOf(by: HistoryDimension | null, key: string | null): string | null {
  const names = by === null ? undefined : NAMES[by];
  return key === null || !names ? key : names[Number(key)]!;
}

/** SQL of the rollups of some hours that are not frozen, with a key: hours that are folded, else minutes. */
function rollups(
  tx: Transaction,
  { organisation, id }: BrandRef,
  key: Fragment,
  [from, to]: readonly [number, number],
  foldedUntil: number,
): Fragment {
  const counts = tx.unsafe(COUNTS);
  return tx`
    select hour, ${key} as key, ${counts} from rollup_hour
    where organisation_id = ${organisation} and brand_id = ${id} and hour >= ${from} and hour < ${to}
    union all
    select minute / 60 as hour, ${key} as key, ${counts} from rollup
    where organisation_id = ${organisation} and brand_id = ${id}
      and minute >= ${Math.max(from, foldedUntil) * 60} and minute < ${to * 60}`;
}

/**
 * SQL of the distinct fans of each day, of each hour if asked, in all and of each key if asked. Their
 * mean is of numerics: that of floats depends on the order of the rows.
 */
function ledger(
  tx: Transaction,
  { organisation, id }: BrandRef,
  key: Fragment,
  byKey: boolean,
  byHour: boolean,
  edges: readonly number[],
): Fragment {
  const buckets = byHour ? ['day', 'hour'] : ['day'];
  const bucket = byHour ? 'grouping(day) = 1 as "ofHour", coalesce(day, hour)' : 'false as "ofHour", day';
  const keyed = byKey ? 'grouping(key) = 0 as "ofKey", key' : 'false as "ofKey", null::text as key';
  const sets = buckets.flatMap((one) => [`(${one}, fan)`, ...(byKey ? [`(${one}, key, fan)`] : [])]);
  return tx`
    select "ofHour", bucket, "ofKey", key, ${tx.unsafe(SUMS)}, count(*) as fans,
      count(*) filter (where texts > 0) as opinions,
      (avg((positive - negative)::numeric / texts) filter (where texts > 0))::float8 as mean,
      count(*) filter (where positive > 0) as "forIt", count(*) filter (where neutral > 0) as "between",
      count(*) filter (where negative > 0) as against
    from (
      select ${tx.unsafe(bucket)} as bucket, ${tx.unsafe(keyed)}, count(*) as engagements,
        count(*) filter (where label = 1) as positive, count(*) filter (where label = 2) as neutral,
        count(*) filter (where label = 3) as negative,
        count(*) filter (where label between 1 and 3) as texts
      from (
        select (occurred_at / ${HOUR})::int as hour,
          width_bucket(occurred_at, ${edges as number[]}::int8[]) - 1 as day, ${key} as key, fan, label
        from engagement where organisation_id = ${organisation} and brand_id = ${id}
          and occurred_at >= ${edges[0]!} and occurred_at < ${edges.at(-1)!}) as acts
      group by grouping sets (${tx.unsafe(sets.join(', '))})) as of_fans
    group by "ofHour", bucket, "ofKey", key`;
}

function frozenOf(
  tx: Transaction,
  { organisation, id }: BrandRef,
  [from, to]: readonly [number, number],
): Fragment {
  return tx`organisation_id = ${organisation} and brand_id = ${id} and hour >= ${from} and hour < ${to}`;
}

async function frozenRows(
  tx: Transaction,
  brand: BrandRef,
  by: HistoryDimension | null,
  keys: readonly string[],
  hours: readonly [number, number],
): Promise<Row<'frozen'>[]> {
  return tx<Row<'frozen'>[]>`
    select hour, "ofKey", key, ${tx.unsafe(SUMS)}, max(fans) as fans, max(opinions) as opinions
    from (
      select hour, dimension > 0 as "ofKey", case when key = any(${keys as string[]}::text[]) then key end as key,
        ${tx.unsafe(COUNTS)}, fans, opinions
      from rollup_frozen
      where ${frozenOf(tx, brand, hours)} and dimension in (0, ${dimensionOf(by)})) as t
    group by hour, "ofKey", key`;
}

async function refusalsOf(
  tx: Transaction,
  { organisation, id }: BrandRef,
  [from, to]: readonly [number, number],
  foldedUntil: number,
): Promise<HistoryFacts['refusals']> {
  const rows = await tx<{ hour: number; network: number; count: number }[]>`
    select hour, network, sum(count)::int8 as count from (
      select hour, network, count from refusal_hour
      where organisation_id = ${organisation} and brand_id = ${id} and hour >= ${from} and hour < ${to}
      union all select minute / 60, network, count from refusal
      where organisation_id = ${organisation} and brand_id = ${id}
        and minute >= ${Math.max(from, foldedUntil) * 60} and minute < ${to * 60}) as t
    group by hour, network`;
  return rows.map(({ network, ...row }) => ({ ...row, network: NETWORKS[network]! }));
}
