import { ALERT_LIMITS, formatInstant, type AlertEvent } from '@fanfare/contract';
import type { Sql, Transaction } from '@fanfare/db';
import {
  MOST_ATTEMPTS,
  backOff,
  type AlertDelivery,
  type AlertSetting,
  type Alerts,
  type Told,
} from '../domain/alerts/port.ts';
import type { BrandRef } from '../parts.ts';
import { fromRow, type AlertRow } from './alert-rows.ts';
import type { Sealing } from './sealing.ts';
import { inBrand } from './tenant.ts';

const DAY = 86_400_000;
/** How long events are kept. */
const KEPT_DAYS = 90;

type Event = Omit<AlertEvent, 'at'> & { readonly at: number };
type Claimed = Omit<AlertDelivery, 'brand' | 'key'> & {
  readonly organisation: number;
  readonly brandId: number;
  readonly wrapped: Uint8Array | null;
};

/**
 * Alerts in PostgreSQL.
 * @param owner sees those of every brand: what is looked at and told, at every turn
 * @param root wraps the keys of their webhooks
 */
export function createAlerts(sql: Sql, owner: Sql, root: Sealing): Alerts {
  const one = async (brand: BrandRef, read: (tx: Transaction) => PromiseLike<readonly AlertRow[]>) => {
    const [row] = await inBrand(sql, brand, read);
    return row ? fromRow(row) : null;
  };
  return {
    all: async () => (await owner<AlertRow[]>`select * from alert`).map(fromRow),
    async list(brand) {
      const { organisation, id } = brand;
      const rows = await inBrand(
        sql,
        brand,
        (tx) => tx<AlertRow[]>`
          select * from alert where organisation_id = ${organisation} and brand_id = ${id} order by id`,
      );
      return rows.map(fromRow);
    },
    find: (brand, id) => one(brand, (tx) => tx<AlertRow[]>`select * from alert ${at(tx, brand, id)}`),
    make(brand, setting, now) {
      const { organisation, id } = brand;
      const { key } = setting;
      // The lock makes a brand that is being deleted wait, or this row be none; it also orders the counting.
      return one(
        brand,
        (tx) => tx<AlertRow[]>`
          with owner as (
            select organisation_id, id from brand
            where organisation_id = ${organisation} and id = ${id} for no key update)
          insert into alert (organisation_id, brand_id, ${columnsOf(tx)}, webhook_key, created_at)
          select organisation_id, id, ${valuesOf(tx, setting)}, ${key ? wrap(root, key) : null}::bytea, ${now}::int8
          from owner where (select count(*) from alert
            where organisation_id = ${organisation} and brand_id = ${id}) < ${ALERT_LIMITS.perBrand}
          returning *`,
      );
    },
    change: (brand, id, setting) =>
      one(brand, (tx) => {
        const { key } = setting;
        const kept = key === undefined ? tx`webhook_key` : tx`${key ? wrap(root, key) : null}::bytea`;
        return tx<AlertRow[]>`
          update alert set (${columnsOf(tx)}) = (select ${valuesOf(tx, setting)}), webhook_key = ${kept},
            firing = false, since = null, acknowledged_at = null, waiting = null,
            last_at = null, last_value = null, last_n = null, rev = rev + 1
          ${at(tx, brand, id)} returning *`;
      }),
    remove: (brand, id) =>
      inBrand(sql, brand, async (tx) => {
        const { count } = await tx`delete from alert ${at(tx, brand, id)}`;
        await forget(tx, brand, tx`and alert = ${id}`);
        return count > 0;
      }),
    mute: (brand, id, until) =>
      one(
        brand,
        (tx) => tx<AlertRow[]>`
          update alert set muted_until = ${until}::int8, rev = rev + 1 ${at(tx, brand, id)} returning *`,
      ),
    acknowledge: (brand, id, now) =>
      one(
        brand,
        (tx) => tx<AlertRow[]>`
          update alert set acknowledged_at = ${now}, rev = rev + 1 ${at(tx, brand, id)} and firing returning *`,
      ),
    async events(brand, most) {
      const { organisation, id } = brand;
      const rows = await inBrand(
        sql,
        brand,
        (tx) => tx<Event[]>`
          select e.id, e.alert, e.kind, e.at, e.value, e.n,
            coalesce((select json_agg(json_build_object(
                'channel', d.channel, 'state', d.state, 'attempts', d.attempts) order by d.id)
              from alert_delivery d where d.organisation_id = e.organisation_id and d.brand_id = e.brand_id
                and d.event = e.id), '[]'::json) as deliveries
          from alert_event e where e.organisation_id = ${organisation} and e.brand_id = ${id}
          order by e.id desc limit ${most}`,
      );
      return rows.map((row) => ({ ...row, at: formatInstant(row.at) }));
    },
    save: ({ brand, id, rev }, { state, last }, told) =>
      inBrand(sql, brand, async (tx) => {
        const { count } = await tx`
          update alert set firing = ${state.firing}, since = ${state.since},
            acknowledged_at = ${state.acknowledgedAt}, waiting = ${state.waiting && JSON.stringify(state.waiting)},
            last_at = ${last.at}, last_value = ${last.value}, last_n = ${last.n}, rev = rev + 1
          ${at(tx, brand, id)} and rev = ${rev}`;
        if (count === 0) return false;
        for (const event of told) await tell(tx, brand, id, event);
        if (told.length > 0) await forget(tx, brand, tx`and at < ${last.at - KEPT_DAYS * DAY}`);
        return true;
      }),
    tell: (brand, id, told) =>
      inBrand(sql, brand, async (tx) => {
        const found = await tx`select id from alert ${at(tx, brand, id)} for key share`;
        if (found.length > 0) await tell(tx, brand, id, told);
        return found.length > 0;
      }),
    async due(now, most) {
      const rows = await owner<Claimed[]>`
        with claimed as (
          select organisation_id, brand_id, id from alert_delivery
          where state = 'waiting' and next_at <= ${now} order by next_at limit ${most} for update skip locked),
        taken as (
          update alert_delivery d set attempts = d.attempts + 1,
            next_at = ${now}::int8 + least(30000 * (2 ^ d.attempts)::int8, 3600000)
          from claimed c where d.organisation_id = c.organisation_id and d.brand_id = c.brand_id and d.id = c.id
          returning d.*)
        select t.organisation_id as organisation, t.brand_id as "brandId", t.id, t.channel, t.target, t.attempts,
          e.at, e.subject, e.text, e.payload, case when t.channel = 'webhook' then a.webhook_key end as wrapped
        from taken t
        join alert_event e on e.organisation_id = t.organisation_id and e.brand_id = t.brand_id and e.id = t.event
        join alert a on a.organisation_id = t.organisation_id and a.brand_id = t.brand_id and a.id = e.alert`;
      return rows.map(({ organisation, brandId, wrapped, ...row }) => ({
        ...row,
        brand: { organisation, id: brandId },
        key: wrapped && root.open(wrapped),
      }));
    },
    async settle({ brand, id, attempts }, outcome, now) {
      const over = outcome === 'sent' ? 'sent' : attempts >= MOST_ATTEMPTS ? 'failed' : 'waiting';
      await inBrand(
        sql,
        brand,
        (tx) => tx`
          update alert_delivery set state = ${over}, next_at = ${now + backOff(attempts)},
            settled_at = ${over === 'waiting' ? null : now}::int8 ${at(tx, brand, id)}`,
      );
    },
  };
}

async function tell(
  tx: Transaction,
  { organisation, id }: BrandRef,
  alert: number,
  told: Told,
): Promise<void> {
  const { reading, to } = told;
  const targets = [
    ...(to?.mails ?? []).map((target) => ['mail', target]),
    ...(to?.webhook ? [['webhook', to.webhook]] : []),
  ];
  const [event] = await tx<{ id: number }[]>`
    insert into alert_event (organisation_id, brand_id, alert, kind, at, value, n, subject, text, payload)
    values (${organisation}, ${id}, ${alert}, ${told.kind}, ${reading.at}, ${reading.value}, ${reading.n},
      ${told.subject}, ${told.text}, ${told.payload}) returning id`;
  for (const [channel, target] of targets) {
    await tx`insert into alert_delivery (organisation_id, brand_id, event, channel, target, next_at)
      values (${organisation}, ${id}, ${event!.id}, ${channel!}, ${target!}, ${reading.at})`;
  }
}

/** Let go of events, and of how they were told. */
async function forget(
  tx: Transaction,
  { organisation, id }: BrandRef,
  which: ReturnType<Transaction['unsafe']>,
): Promise<void> {
  await tx`
    with gone as (
      delete from alert_event where organisation_id = ${organisation} and brand_id = ${id} ${which} returning id)
    delete from alert_delivery where organisation_id = ${organisation} and brand_id = ${id}
      and event in (select id from gone)`;
}

function at(sql: Transaction, { organisation, id: brand }: BrandRef, id: number) {
  return sql`where organisation_id = ${organisation} and brand_id = ${brand} and id = ${id}`;
}

function columnsOf(sql: Transaction) {
  return sql.unsafe('name, measure, "window", side, fire, clear, quiet_from, quiet_to, mails, webhook');
}

function valuesOf(sql: Transaction, { rule, mails, webhook }: AlertSetting) {
  const { name, measure, window, side, fire, clear, quiet } = rule;
  return sql`${name}::text, ${measure}::text, ${window}::text, ${side}::text, ${fire}::float8, ${clear}::float8,
    ${quiet?.from ?? null}::int2, ${quiet?.to ?? null}::int2, ${[...mails]}::text[], ${webhook}::text`;
}

function wrap(root: Sealing, key: Uint8Array): Buffer {
  return Buffer.from(root.seal(key));
}
