import { PURPOSES } from '@fanfare/contract';
import type { Sql } from '@fanfare/db';
import type { FanPages } from '../parts.ts';
import { inBrand } from './tenant.ts';

/** One-time links and public counts, in PostgreSQL. */
export function createFanPages(sql: Sql): FanPages {
  return {
    use(brand, nonce, expiresAt, now) {
      const { organisation, id } = brand;
      return inBrand(sql, brand, async (tx) => {
        await tx`delete from fan_link_used
          where organisation_id = ${organisation} and brand_id = ${id} and expires_at < ${now}`;
        const rows = await tx`
          insert into fan_link_used (organisation_id, brand_id, nonce, expires_at)
          values (${organisation}, ${id}, ${nonce}, ${expiresAt}) on conflict do nothing returning nonce`;
        return rows.length > 0;
      });
    },
    async counts(brand) {
      const { organisation, id } = brand;
      const rows = await inBrand(
        sql,
        brand,
        (tx) => tx<{ purpose: number; granted: number; withdrawn: number }[]>`
        select purpose, count(*)::int as granted, (count(*) filter (where went))::int as withdrawn
        from (select fan, purpose, bool_or(granted) as came, bool_or(not granted) as went from consent_record
          where organisation_id = ${organisation} and brand_id = ${id} group by fan, purpose) as t
        where came group by purpose`,
      );
      return PURPOSES.map((purpose, index) => {
        const row = rows.find((found) => found.purpose === index);
        return { purpose, granted: row?.granted ?? 0, withdrawn: row?.withdrawn ?? 0 };
      });
    },
  };
}
