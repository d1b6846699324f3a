import { HISTORY_DIMENSIONS } from '@fanfare/contract';
import type { Sql, Transaction } from '@fanfare/db';
import type { BrandRef } from '../parts.ts';
import { edgesOf } from './hours.ts';
import { inBrand } from './tenant.ts';

const HOUR = 3_600_000;
/** Hours frozen in one transaction: the brand's commits wait for it. */
const AT_ONCE = 6;

/**
 * Let the ledger go of a brand's hours before `until`, and freeze what is known of them.
 *
 * From then on nothing leads from a number of such an hour to a person, neither for us nor for
 * anyone who takes the database: a later withdrawal can no longer find what was whose, and does not
 * change it. That is allowed because, and only as long as, what stays is statistics about nobody.
 * So the rollups by all dimensions at once, fine enough to single somebody out, go with the ledger;
 * what stays is totals by one dimension at a time, each with the number of fans it was about, so
 * that the rules of release hide the small ones as before. A frozen hour takes nothing in: an
 * event that comes that late cannot be told from one that was counted and forgotten.
 * @param until UTC hours since 1970; folded hours alone are frozen
 * @param signal ends it between two steps, with its reason @returns engagements let go
 */
export async function freezeHours(
  sql: Sql,
  brand: BrandRef,
  until: number,
  signal?: AbortSignal,
): Promise<number> {
  let gone = 0;
  for (;;) {
    signal?.throwIfAborted();
    const step = await inBrand(sql, brand, (tx) => freezeSome(tx, brand, until));
    if (step === null) return gone;
    gone += step;
  }
}

async function freezeSome(tx: Transaction, brand: BrandRef, until: number): Promise<number | null> {
  const { organisation, id } = brand;
  const { heldFrom, foldedUntil } = await edgesOf(tx, brand);
  const end = Math.min(until, foldedUntil);
  const before = (hour: number) => tx`organisation_id = ${organisation} and brand_id = ${id}
    and occurred_at < ${Math.min(hour, end) * HOUR}`;
  // The next hours usually hold something: the earliest of everything is dear to find.
  const [next] = await tx<{ hour: number | null }[]>`
    select (min(occurred_at) / ${HOUR})::int as hour from engagement where ${before(heldFrom + AT_ONCE)}`;
  const first =
    next?.hour ??
    (
      await tx<{ hour: number | null }[]>`
        select (min(occurred_at) / ${HOUR})::int as hour from engagement where ${before(end)}`
    )[0]?.hour;
  if (heldFrom >= end && typeof first !== 'number') return null;
  const from = Math.min(Math.max(heldFrom, first ?? end), end);
  const to = Math.min(from + AT_ONCE, end);
  if (from < to) await freeze(tx, brand, from, to);
  const { count } = await tx`delete from engagement
    where organisation_id = ${organisation} and brand_id = ${id} and occurred_at < ${to * HOUR}`;
  await tx`delete from rollup_hour where organisation_id = ${organisation} and brand_id = ${id} and hour < ${to}`;
  await tx`delete from rollup where organisation_id = ${organisation} and brand_id = ${id} and minute < ${to * 60}`;
  await tx`
    update brand set held_from = greatest(held_from, ${to}), minutes_from = greatest(minutes_from, ${to * 60})
    where organisation_id = ${organisation} and id = ${id}`;
  return count;
}

/** Totals by one dimension at a time, and how many fans each is about. */
async function freeze(
  tx: Transaction,
  { organisation, id }: BrandRef,
  from: number,
  to: number,
): Promise<void> {
  const keys = HISTORY_DIMENSIONS.map((name, i) => `, (${i + 1}, e.${name}::text)`).join('');
  await tx`
    insert into rollup_frozen
    select ${organisation}::int, ${id}::int, hour, dimension, name, sum(n), sum(positive), sum(neutral), sum(negative),
      count(*), count(*) filter (where positive + neutral + negative > 0)
    from (
      select (occurred_at / ${HOUR})::int as hour, dimension, name, fan, count(*) as n,
        count(*) filter (where label = 1) as positive, count(*) filter (where label = 2) as neutral,
        count(*) filter (where label = 3) as negative
      from engagement as e cross join lateral (values (0, '') ${tx.unsafe(keys)}) as d(dimension, name)
      where organisation_id = ${organisation} and brand_id = ${id}
        and occurred_at >= ${from * HOUR} and occurred_at < ${to * HOUR}
      group by 1, 2, 3, 4) as of_fan
    group by hour, dimension, name`;
}
