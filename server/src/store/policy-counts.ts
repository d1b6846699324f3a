import type { PolicyTrial } from '@fanfare/contract';
import type { Sql } from '@fanfare/db';
import type { HourCount } from '../domain/sector/counts.ts';
import { COUNTED_POLICIES } from '../domain/sector/sector.ts';
import type { BrandRef } from '../parts.ts';
import { inBrand } from './tenant.ts';

/** Hours that are shown; those before are let go of. */
const HOURS = 7 * 24;

/** Add what was counted of one brand, and let go of hours that are shown no more. Of a brand that is gone, nothing is kept. */
export async function addPolicyCounts(
  sql: Sql,
  brand: BrandRef,
  counts: readonly Omit<HourCount, 'brand'>[],
): Promise<void> {
  const { organisation, id } = brand;
  if (counts.length === 0) return;
  const latest = Math.max(...counts.map(({ hour }) => hour));
  await inBrand(sql, brand, async (tx) => {
    await tx`
      insert into policy_count as p (organisation_id, brand_id, hour, policy, looked, withheld)
      select b.organisation_id, b.id, t.hour, t.policy, t.looked, t.withheld
      from (select organisation_id, id from brand
        where organisation_id = ${organisation} and id = ${id} for no key update) as b
      cross join json_to_recordset(${JSON.stringify(counts)}::text::json)
        as t(hour int, policy text, looked int, withheld int)
      on conflict (organisation_id, brand_id, hour, policy) do update set
        looked = p.looked + excluded.looked, withheld = p.withheld + excluded.withheld`;
    await tx`delete from policy_count where organisation_id = ${organisation} and brand_id = ${id}
      and hour <= ${latest - HOURS}`;
  });
}

/** What each policy made of the texts of the last seven days. @param hour the one at hand */
export async function readTrials(sql: Sql, brand: BrandRef, hour: number): Promise<PolicyTrial[]> {
  const { organisation, id } = brand;
  const rows = await inBrand(
    sql,
    brand,
    (tx) => tx<PolicyTrial[]>`
      select policy, sum(looked)::int as looked, sum(withheld)::int as withheld from policy_count
      where organisation_id = ${organisation} and brand_id = ${id} and hour > ${hour - HOURS} group by policy`,
  );
  return COUNTED_POLICIES.map(
    (policy) => rows.find((row) => row.policy === policy) ?? { policy, looked: 0, withheld: 0 },
  );
}
