import { NETWORKS, RULE_LIMITS } from '@fanfare/contract';
import type { Sql, Transaction } from '@fanfare/db';
import type { Stop } from '../domain/rules/decide.ts';
import type { Outgoing, Rules } from '../domain/rules/port.ts';
import type { Rule } from '../domain/rules/rule.ts';
import type { BrandRef } from '../parts.ts';
import { kindsOf, ruleOf, type RuleRow } from './rule-rows.ts';
import type { Sealing } from './sealing.ts';
import { inBrand } from './tenant.ts';

interface OutgoingRow {
  readonly webhook: string | null;
  readonly webhook_key: Uint8Array | null;
  readonly proven_at: number | null;
  readonly stopped_at: number | null;
}

/**
 * Rules in PostgreSQL.
 * @param owner sees those of every brand: what runs is asked for at every turn
 * @param root wraps the keys that sign what is sent
 */
export function createRules(sql: Sql, owner: Sql, root: Sealing): Rules {
  const one = async (brand: BrandRef, read: (tx: Transaction) => PromiseLike<readonly RuleRow[]>) => {
    const [row] = await inBrand(sql, brand, read);
    return row ? ruleOf(row) : null;
  };
  const put = async (tx: Transaction, { organisation, id }: BrandRef) => {
    await tx`insert into outgoing (organisation_id, brand_id)
      select organisation_id, id from brand where organisation_id = ${organisation} and id = ${id} for key share
      on conflict do nothing`;
  };
  return {
    active: async () =>
      (
        await owner<RuleRow[]>`
          select r.* from outgoing_rule r join outgoing o using (organisation_id, brand_id)
          where r.since is not null and r.removed_at is null and o.proven_at is not null and o.stopped_at is null`
      ).map(ruleOf),
    async list(brand) {
      const { organisation, id } = brand;
      const rows = await inBrand(
        sql,
        brand,
        (tx) => tx<RuleRow[]>`
          select * from outgoing_rule where organisation_id = ${organisation} and brand_id = ${id}
            and removed_at is null order by id`,
      );
      return rows.map(ruleOf);
    },
    find: (brand, id) => one(brand, (tx) => tx<RuleRow[]>`select * from outgoing_rule ${at(tx, brand, id)}`),
    make(brand, rule, now) {
      const { organisation, id } = brand;
      // The lock makes a brand that is being deleted wait, or this row be none; it also orders the counting.
      return one(
        brand,
        (tx) => tx<RuleRow[]>`
          with owner as (
            select organisation_id, id from brand
            where organisation_id = ${organisation} and id = ${id} for no key update)
          insert into outgoing_rule (organisation_id, brand_id, ${columnsOf(tx)}, created_at)
          select organisation_id, id, ${valuesOf(tx, rule)}, ${now}::int8
          from owner where (select count(*) from outgoing_rule
            where organisation_id = ${organisation} and brand_id = ${id} and removed_at is null) < ${RULE_LIMITS.perBrand}
          returning *`,
      );
    },
    change: (brand, id, rule, now) =>
      one(brand, async (tx) => {
        const rows = await tx<RuleRow[]>`
          update outgoing_rule set (${columnsOf(tx)}) = (select ${valuesOf(tx, rule)}), rev = rev + 1,
            since = case when since is not null then ${now}::int8 end
          ${at(tx, brand, id)} returning *`;
        await stopWaiting(tx, brand, 'rule', now, tx`and rule = ${id}`);
        return rows;
      }),
    run: (brand, id, on, now) =>
      one(brand, async (tx) => {
        const rows = await tx<RuleRow[]>`
          update outgoing_rule set since = case when ${on} then coalesce(since, ${now}::int8) end,
            rev = case when (since is not null) = ${on} then rev else rev + 1 end
          ${at(tx, brand, id)} returning *`;
        if (!on) await stopWaiting(tx, brand, 'rule', now, tx`and rule = ${id}`);
        return rows;
      }),
    remove: (brand, id, now) =>
      inBrand(sql, brand, async (tx) => {
        const { count } = await tx`
          update outgoing_rule set removed_at = ${now}, since = null, rev = rev + 1 ${at(tx, brand, id)}`;
        if (count > 0) await stopWaiting(tx, brand, 'rule', now, tx`and rule = ${id}`);
        return count > 0;
      }),
    restore: (brand, id, since) =>
      one(
        brand,
        (tx) => tx<RuleRow[]>`
          update outgoing_rule set removed_at = null
          where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and id = ${id}
            and removed_at >= ${since} and (select count(*) from outgoing_rule where organisation_id = ${brand.organisation}
              and brand_id = ${brand.id} and removed_at is null) < ${RULE_LIMITS.perBrand}
          returning *`,
      ),
    outgoing: (brand) => inBrand(sql, brand, (tx) => outgoingOf(tx, brand, root)),
    async aim(brand, webhook, key, now) {
      const { organisation, id } = brand;
      await inBrand(sql, brand, async (tx) => {
        await put(tx, brand);
        await tx`update outgoing set webhook = ${webhook}, webhook_key = ${Buffer.from(root.seal(key))}, proven_at = null
          where organisation_id = ${organisation} and brand_id = ${id}`;
        await stopWaiting(tx, brand, 'webhook', now);
      });
    },
    prove: (brand, webhook, now) =>
      inBrand(sql, brand, async (tx) => {
        const { count } = await tx`
          update outgoing set proven_at = ${now} where organisation_id = ${brand.organisation}
            and brand_id = ${brand.id} and webhook = ${webhook}`;
        return count > 0;
      }),
    async stop(brand, stopped, now) {
      const { organisation, id } = brand;
      await inBrand(sql, brand, async (tx) => {
        await put(tx, brand);
        // Rules before the switch, as whoever keeps what was found locks them.
        await tx`select 1 from outgoing_rule where organisation_id = ${organisation} and brand_id = ${id}
          order by id for no key update`;
        const { count } = await tx`update outgoing set stopped_at = ${stopped ? now : null}::int8
          where organisation_id = ${organisation} and brand_id = ${id} and (stopped_at is null) = ${stopped}`;
        if (stopped) await stopWaiting(tx, brand, 'switch', now);
        // What happened while nothing might be sent does not count afterwards.
        else if (count > 0)
          await tx`update outgoing_rule set since = ${now}, rev = rev + 1
            where organisation_id = ${organisation} and brand_id = ${id} and since is not null`;
      });
    },
  };
}

/** Where a brand sends to, inside of a transaction. */
export async function outgoingOf(
  tx: Transaction,
  { organisation, id }: BrandRef,
  root: Sealing,
): Promise<Outgoing> {
  const [row] = await tx<OutgoingRow[]>`
    select webhook, webhook_key, proven_at, stopped_at from outgoing
    where organisation_id = ${organisation} and brand_id = ${id}`;
  const {
    webhook = null,
    webhook_key: key = null,
    proven_at: provenAt = null,
    stopped_at: stoppedAt = null,
  } = row ?? {};
  return { webhook, key: key && root.open(key), provenAt, stoppedAt };
}

/** What waits is not sent any more. */
async function stopWaiting(
  tx: Transaction,
  { organisation, id }: BrandRef,
  why: Stop,
  now: number,
  which = tx``,
): Promise<void> {
  await tx`update outgoing_hit set state = 'stopped', reason = ${why}, settled_at = ${now}
    where organisation_id = ${organisation} and brand_id = ${id} and state = 'waiting' ${which}`;
}

function at(sql: Transaction, { organisation, id: brand }: BrandRef, id: number) {
  return sql`where organisation_id = ${organisation} and brand_id = ${brand} and id = ${id} and removed_at is null`;
}

function columnsOf(sql: Transaction) {
  return sql.unsafe(
    'name, kinds, network, campaign, object, "count", "window", days, quiet_from, quiet_to, per_day',
  );
}

function valuesOf(sql: Transaction, rule: Rule) {
  const { name, network, campaign, object, count, window, days, quiet, perDay } = rule;
  return sql`${name}::text, ${kindsOf(rule)}::int[], ${network === null ? null : NETWORKS.indexOf(network)}::int2,
    ${campaign}::text, ${object}::text, ${count}::int2, ${window}::text, ${days}::int2, ${quiet?.from ?? null}::int2,
    ${quiet?.to ?? null}::int2, ${perDay}::int`;
}
