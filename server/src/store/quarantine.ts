import type { Sql } from '@fanfare/db';
import { REMINDED_AFTER, REMINDED_DAILY_FOR, REMINDED_WEEKLY } from '../domain/sector/backlog.ts';
import {
  KEPT_AFTER_ACKNOWLEDGEMENT,
  MOST_HAND_OVERS,
  nextHandOver,
  type HandOver,
  type QuarantinedCase,
  type Quarantines,
} from '../domain/sector/quarantine.ts';
import type { BrandRef } from '../parts.ts';
import { readTrials } from './policy-counts.ts';
import type { Sealing } from './sealing.ts';
import { inBrand } from './tenant.ts';

const HOUR = 3_600_000;

type Due = Omit<HandOver, 'brand' | 'signs'> & {
  readonly organisation: number;
  readonly brandId: number;
  readonly wrapped: Uint8Array | null;
};

const COLUMNS = `replace(q.key::text, '-', '') as key, q.version, q.first_received_at as "firstReceivedAt",
  q.received_at as "receivedAt", q.handed_over_at as "handedOverAt", q.acknowledged_at as "acknowledgedAt",
  q.acknowledged_by as "acknowledgedBy", q.purged_at as "purgedAt",
  coalesce((select json_agg(json_build_object('channel', d.channel, 'state', d.state, 'attempts', d.attempts)
      order by d.channel) from quarantine_delivery d
    where d.organisation_id = q.organisation_id and d.brand_id = q.brand_id and d.key = q.key), '[]'::json) as deliveries`;

/**
 * Reports under quarantine in PostgreSQL.
 * @param owner sees those of every brand: what is handed over and purged at every turn
 * @param root wraps the keys that sign webhooks
 */
export function createQuarantines(sql: Sql, owner: Sql, root: Sealing): Quarantines {
  const read = (brand: BrandRef, rest: string, values: (string | number)[]) =>
    inBrand(sql, brand, (tx) =>
      tx.unsafe<QuarantinedCase[]>(
        `select ${COLUMNS} from quarantine q where q.organisation_id = $1 and q.brand_id = $2 ${rest}`,
        [brand.organisation, brand.id, ...values],
      ),
    );
  return {
    async list(brand, most) {
      const cases = await read(brand, 'order by q.received_at desc, q.key limit $3', [most]);
      const [counted] = await inBrand(
        sql,
        brand,
        (tx) => tx<{ open: number }[]>`
          select count(*)::int as open from quarantine where organisation_id = ${brand.organisation}
            and brand_id = ${brand.id} and acknowledged_at is null`,
      );
      return { cases, open: counted!.open };
    },
    async find(brand, key) {
      const [found] = await read(brand, 'and q.key = $3::uuid', [key]);
      return found ?? null;
    },
    async acknowledge(brand, key, version, by, now) {
      const { count } = await inBrand(
        sql,
        brand,
        (tx) => tx`
          update quarantine set acknowledged_at = ${now}, acknowledged_by = ${by}
          where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and key = ${key}::uuid
            and acknowledged_at is null and (${version}::int is null or version = ${version}::int)`,
      );
      return count > 0;
    },
    async again(brand, key, now) {
      const { organisation, id } = brand;
      return inBrand(sql, brand, async (tx) => {
        const rows = await tx`
          insert into quarantine_delivery as d (organisation_id, brand_id, key, channel, version, next_at)
          select q.organisation_id, q.brand_id, q.key, c.channel, q.version, ${now}::int8
          from quarantine q join safety_contact s on s.organisation_id = q.organisation_id and s.brand_id = q.brand_id
          cross join lateral (values ('mail', s.mail), ('webhook', s.webhook)) as c(channel, target)
          where q.organisation_id = ${organisation} and q.brand_id = ${id} and q.key = ${key}::uuid
            and q.sealed is not null and c.target is not null
          on conflict (organisation_id, brand_id, key, channel) do update set version = excluded.version,
            state = 'waiting', attempts = 0, next_at = excluded.next_at, settled_at = null
          returning 1`;
        return rows.length > 0;
      });
    },
    async due(now, most) {
      const rows = await owner<Due[]>`
        with claimed as (
          select organisation_id, brand_id, key, channel from quarantine_delivery
          where state = 'waiting' and next_at <= ${now} order by next_at limit ${most} for update skip locked),
        taken as (
          update quarantine_delivery d set attempts = d.attempts + 1,
            next_at = ${now}::int8 + least(30000 * (2 ^ d.attempts)::int8, ${HOUR})
          from claimed c where d.organisation_id = c.organisation_id and d.brand_id = c.brand_id
            and d.key = c.key and d.channel = c.channel returning d.*)
        select t.organisation_id as organisation, t.brand_id as "brandId", replace(t.key::text, '-', '') as key,
          t.channel, t.attempts, q.version, q.first_received_at as "firstReceivedAt", q.received_at as "receivedAt",
          q.sealed, q.received_at = (select min(o.received_at) from quarantine o
            where o.organisation_id = q.organisation_id and o.brand_id = q.brand_id and o.acknowledged_at is null) as oldest,
          coalesce(case when t.channel = 'mail' then s.mail else s.webhook end, '') as target,
          case when t.channel = 'webhook' then s.webhook_key end as wrapped
        from taken t
        join quarantine q on q.organisation_id = t.organisation_id and q.brand_id = t.brand_id and q.key = t.key
          and q.sealed is not null
        join safety_contact s on s.organisation_id = t.organisation_id and s.brand_id = t.brand_id`;
      return rows.map(({ organisation, brandId, wrapped, ...row }) => ({
        ...row,
        brand: { organisation, id: brandId },
        signs: wrapped && root.open(wrapped),
      }));
    },
    async remind(now) {
      const { count } = await owner`
        update quarantine_delivery d set state = 'waiting', attempts = 0, next_at = ${now}, settled_at = null
        from quarantine q
        where q.organisation_id = d.organisation_id and q.brand_id = d.brand_id and q.key = d.key
          and q.acknowledged_at is null and q.sealed is not null and d.state <> 'waiting'
          and d.settled_at <= ${now}::int8 - case when q.received_at > ${now - REMINDED_DAILY_FOR}::int8
            then ${REMINDED_AFTER}::int8 else ${REMINDED_WEEKLY}::int8 end`;
      return count;
    },
    async backlogs() {
      const rows = await owner<{ organisation: number; id: number; open: number; oldest: number }[]>`
        select organisation_id as organisation, brand_id as id, count(*)::int as open, min(received_at) as oldest
        from quarantine where acknowledged_at is null group by organisation_id, brand_id`;
      return rows.map(({ organisation, id, open, oldest }) => ({
        brand: { organisation, id },
        open,
        oldest,
      }));
    },
    async settle({ brand, key, channel, version, attempts }, outcome, now) {
      const { organisation, id } = brand;
      const over = outcome === 'sent' ? 'sent' : attempts >= MOST_HAND_OVERS ? 'failed' : 'waiting';
      await inBrand(sql, brand, async (tx) => {
        await tx`
          update quarantine_delivery set state = ${over}, next_at = ${now + nextHandOver(attempts)},
            settled_at = ${over === 'waiting' ? null : now}::int8
          where organisation_id = ${organisation} and brand_id = ${id} and key = ${key}::uuid
            and channel = ${channel} and version = ${version}`;
        if (over !== 'sent') return;
        await tx`
          update quarantine set handed_over_at = coalesce(handed_over_at, ${now}::int8)
          where organisation_id = ${organisation} and brand_id = ${id} and key = ${key}::uuid and version = ${version}`;
      });
    },
    async purge(now) {
      const { count } = await owner`
        update quarantine set sealed = null, fan = null, purged_at = ${now}
        where sealed is not null and acknowledged_at <= ${now - KEPT_AFTER_ACKNOWLEDGEMENT}`;
      return count;
    },
    trials: (brand, now) => readTrials(sql, brand, Math.floor(now / HOUR)),
  };
}
