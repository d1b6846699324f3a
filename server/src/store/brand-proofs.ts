import { PURPOSES } from '@fanfare/contract';
import type { Sql } from '@fanfare/db';
import type { BrandProofs } from '../domain/brand-proof.ts';
import type { BrandRef } from '../parts.ts';
import type { ErasureLog } from './erasures.ts';
import { inBrand } from './tenant.ts';

/** Records one statement goes through. */
const CHUNK = 100_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface ActsRow {
  purpose: number;
  granted: number;
  declined: number;
  withdrawn: number;
}

/**
 * What a privacy officer can show of a period, counted from what is held.
 * @param reasons of refusals, as the ledger numbers them
 */
export function createBrandProofs(sql: Sql, erasures: ErasureLog, reasons: readonly string[]): BrandProofs {
  return {
    async acts(brand, from, to) {
      const totals = PURPOSES.map((purpose) => ({ purpose, granted: 0, declined: 0, withdrawn: 0 }));
      const span = await spanOf(sql, brand, from, to);
      if (!span) return totals;
      for (let after = span.first - 1; after < span.last; after += CHUNK) {
        for (const row of await actsAfter(sql, brand, after, Math.min(after + CHUNK, span.last), from, to)) {
          const total = totals[row.purpose]!;
          total.granted += row.granted;
          total.declined += row.declined;
          total.withdrawn += row.withdrawn;
        }
      }
      return totals;
    },

    async refused(brand, from, to) {
      const { organisation, id } = brand;
      // Minutes that were let go of live on in their hours: there a period counts by whole hours.
      const rows = await inBrand(
        sql,
        brand,
        (tx) => tx<{ reason: number; count: number }[]>`
        select reason, sum(count)::int8 as count from (
          select r.reason, r.count from refusal as r join brand as b
            on b.organisation_id = r.organisation_id and b.id = r.brand_id
          where r.organisation_id = ${organisation} and r.brand_id = ${id} and r.minute >= b.minutes_from
            and r.minute >= ${Math.floor(from / MINUTE)} and r.minute < ${Math.floor(to / MINUTE)}
          union all
          select h.reason, h.count from refusal_hour as h join brand as b
            on b.organisation_id = h.organisation_id and b.id = h.brand_id
          where h.organisation_id = ${organisation} and h.brand_id = ${id} and h.hour * 60 < b.minutes_from
            and h.hour >= ${Math.floor(from / HOUR)} and h.hour < ${Math.floor(to / HOUR)}) as all_of_them
        group by reason`,
      );
      return Object.fromEntries(
        reasons.map((reason, i) => [reason, rows.find((row) => row.reason === i)?.count ?? 0]),
      );
    },

    async erased({ organisation, id }, from, to) {
      const fans = new Set<number>();
      for (const erasure of await erasures.all()) {
        const own = erasure.organisation === organisation && erasure.id === id;
        if (own && erasure.at >= from && erasure.at < to) fans.add(erasure.fan);
      }
      return fans.size;
    },

    async records(brand) {
      const { organisation, id } = brand;
      const [row] = await inBrand(
        sql,
        brand,
        (tx) => tx<{ records: number }[]>`
        select consent_records as records from brand where organisation_id = ${organisation} and id = ${id}`,
      );
      return row?.records ?? 0;
    },
  };
}

/** Numbers of the first and of the last record that were received within a period. */
async function spanOf(
  sql: Sql,
  brand: BrandRef,
  from: number,
  to: number,
): Promise<{ first: number; last: number } | null> {
  const { organisation, id } = brand;
  const [row] = await inBrand(
    sql,
    brand,
    (tx) => tx<{ first: number | null; last: number | null }[]>`
    select min(n) as first, max(n) as last from consent_record
    where organisation_id = ${organisation} and brand_id = ${id} and received_at >= ${from} and received_at < ${to}`,
  );
  return row && row.first !== null && row.last !== null ? { first: row.first, last: row.last } : null;
}

/** A no that follows a yes of the same fan takes it back; any other no declined. */
async function actsAfter(
  sql: Sql,
  brand: BrandRef,
  after: number,
  last: number,
  from: number,
  to: number,
): Promise<ActsRow[]> {
  const { organisation, id } = brand;
  return inBrand(
    sql,
    brand,
    (tx) => tx<ActsRow[]>`
    select purpose, (count(*) filter (where granted))::int as granted,
      (count(*) filter (where not granted and not coalesce(before, false)))::int as declined,
      (count(*) filter (where not granted and coalesce(before, false)))::int as withdrawn
    from (
      select r.purpose, r.granted, case when r.granted then null else (
        select p.granted from consent_record as p
        where p.organisation_id = r.organisation_id and p.brand_id = r.brand_id and p.fan = r.fan
          and p.purpose = r.purpose and p.n < r.n order by p.n desc limit 1) end as before
      from consent_record as r
      where r.organisation_id = ${organisation} and r.brand_id = ${id} and r.n > ${after} and r.n <= ${last}
        and r.received_at >= ${from} and r.received_at < ${to}) as acts
    group by purpose`,
  );
}
