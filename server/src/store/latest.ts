import { KINDS, NETWORKS, formatInstant } from '@fanfare/contract';
import type { Sql } from '@fanfare/db';
import type { Latest } from '../domain/latest.ts';
import { inBrand } from './tenant.ts';

const MINUTE = 60_000;

/** The last events in PostgreSQL. @param reasons names of the reasons, by code */
export function createLatest(sql: Sql, reasons: readonly string[]): Latest {
  return {
    async since(brand, from, most) {
      const { organisation, id } = brand;
      const events = await inBrand(
        sql,
        brand,
        (tx) => tx<{ network: number; kind: number; minute: number }[]>`
        select network, kind, (occurred_at / ${MINUTE})::int as minute from engagement
        where organisation_id = ${organisation} and brand_id = ${id} and occurred_at >= ${from}::int8
        order by occurred_at desc limit ${most}`,
      );
      const refusals = await inBrand(
        sql,
        brand,
        (tx) => tx<{ network: number; reason: number; minute: number; count: number }[]>`
        select network, reason, minute, count from refusal
        where organisation_id = ${organisation} and brand_id = ${id} and minute >= ${Math.floor(from / MINUTE)}
        order by minute desc limit ${most}`,
      );
      const at = (minute: number) => formatInstant(minute * MINUTE);
      return {
        events: events.map(({ network, kind, minute }) => ({
          ...{ network: NETWORKS[network]!, kind: KINDS[kind]!, at: at(minute) },
        })),
        refusals: refusals.map(({ network, reason, minute, count }) => ({
          ...{ network: NETWORKS[network]!, reason: reasons[reason] ?? '', at: at(minute), count },
        })),
      };
    },
  };
}
