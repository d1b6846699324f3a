import { MOST_ATTEMPTS, backOff } from '../domain/alerts/port.ts';
import type { Sql, Transaction } from '@fanfare/db';
import type { Attempt, Basis, DueHit, HitCounts, RuleHits } from '../domain/rules/port.ts';
import { spanOf } from '../domain/rules/rule.ts';
import { conditionOf } from '../domain/rules/words.ts';
import type { BrandRef } from '../parts.ts';
import { factsOf } from './rule-facts.ts';
import { ruleOf, type RuleRow } from './rule-rows.ts';
import { outgoingOf } from './rules.ts';
import type { Sealing } from './sealing.ts';
import { inBrand } from './tenant.ts';
import type { FanVault } from './vault.ts';

/** Of one brand in one turn, so that a server that does not answer keeps no other brand's back. */
const OF_A_BRAND = 20;

type Claimed = Omit<DueHit, 'brand'> & { readonly organisation: number; readonly brandId: number };

/**
 * Who met which rule, in PostgreSQL.
 * @param owner sees those of every brand: what is due is asked for at every turn
 * @param root wraps the keys that sign what is sent
 */
export function createRuleHits(sql: Sql, owner: Sql, root: Sealing, vault: FanVault): RuleHits {
  return {
    look: (brand, id, rule, look) => inBrand(sql, brand, (tx) => factsOf(tx, brand, id, rule, look)),
    keep: ({ brand, id, rev, rule }, hits, day, now) =>
      inBrand(sql, brand, async (tx) => {
        const { organisation, id: brandId } = brand;
        // Locked, so that a day is counted by one at a time and a switch that is thrown now is waited for.
        const found = await tx`
          select 1 from outgoing_rule r join outgoing o using (organisation_id, brand_id)
          where r.organisation_id = ${organisation} and r.brand_id = ${brandId} and r.id = ${id} and r.rev = ${rev}
            and r.since is not null and o.proven_at is not null and o.stopped_at is null for no key update`;
        if (found.length === 0) return 0;
        const [today] = await tx<{ n: number }[]>`select count(*)::int as n from outgoing_hit
          where organisation_id = ${organisation} and brand_id = ${brandId} and rule = ${id} and day = ${day}`;
        const rows = hits.slice(0, Math.max(0, rule.perDay - today!.n));
        // A fan who is being erased is waited for, and then not there.
        const { count } = await tx`
          insert into outgoing_hit (organisation_id, brand_id, id, rule, rev, fan, turn, met, basis, at, made_at, day, next_at)
          select ${organisation}::int, ${brandId}::int, t.id, ${id}::int, ${rev}::int, t.fan, t.turn,
            ${JSON.stringify(conditionOf(rule))}, t.basis, t.at, ${now}::int8, ${day}::int, ${now}::int8
          from json_to_recordset(${JSON.stringify(rows)}::text::json)
            as t(id text, fan int, turn int, basis int8, at int8)
          join fan f on f.organisation_id = ${organisation} and f.brand_id = ${brandId} and f.id = t.fan
          for key share of f
          on conflict do nothing`;
        return count;
      }),
    async due(now, most) {
      const rows = await owner<Claimed[]>`
        with ranked as (
          select organisation_id, brand_id, id, next_at,
            row_number() over (partition by organisation_id, brand_id order by next_at, id) as place
          from outgoing_hit where state = 'waiting' and next_at <= ${now}),
        claimed as (
          select h.organisation_id, h.brand_id, h.id from outgoing_hit h
          join ranked r using (organisation_id, brand_id, id)
          where r.place <= ${OF_A_BRAND} and h.state = 'waiting' and h.next_at <= ${now}
          order by r.next_at limit ${most} for update of h skip locked)
        update outgoing_hit h set attempts = h.attempts + 1,
          next_at = ${now}::int8 + least(30000 * (2 ^ h.attempts)::int8, 3600000)
        from claimed c where (h.organisation_id, h.brand_id, h.id) = (c.organisation_id, c.brand_id, c.id)
        returning h.organisation_id as organisation, h.brand_id as "brandId", h.id, h.rule, h.rev, h.fan, h.basis,
          h.at, h.made_at as "madeAt", h.attempts`;
      return rows.map(({ organisation, brandId, ...row }) => ({
        ...row,
        brand: { organisation, id: brandId },
      }));
    },
    attempt: (hit, now) => inBrand(sql, hit.brand, (tx) => attemptOf(tx, hit, now)),
    async settle(hit, outcome, now) {
      const over = outcome === 'sent' ? 'sent' : hit.attempts >= MOST_ATTEMPTS ? 'failed' : 'waiting';
      // What was taken by the receiver was taken, whoever stopped it meanwhile.
      await inBrand(
        sql,
        hit.brand,
        (tx) => tx`
          update outgoing_hit set state = ${over}, next_at = ${now + backOff(hit.attempts)},
            settled_at = ${over === 'waiting' ? null : now}::int8, reason = null
          ${at(tx, hit)} and (state = 'waiting' or ${over} = 'sent')`,
      );
    },
    async hold(hit, until) {
      await inBrand(
        sql,
        hit.brand,
        (tx) => tx`
          update outgoing_hit set next_at = ${until}, attempts = attempts - 1 ${at(tx, hit)} and state = 'waiting'`,
      );
    },
    async stop(hit, why, now) {
      await inBrand(
        sql,
        hit.brand,
        (tx) => tx`
          update outgoing_hit set state = 'stopped', reason = ${why}, settled_at = ${now}
          ${at(tx, hit)} and state = 'waiting'`,
      );
    },
    counts: (brand, since) =>
      inBrand(
        sql,
        brand,
        (tx) => tx<HitCounts[]>`
          select rule, state, count(distinct fan)::int as fans from outgoing_hit
          where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and made_at >= ${since}
          group by rule, state`,
      ),
    agreeing: (brand, fan, now) => inBrand(sql, brand, (tx) => personOf(tx, brand, fan, now)),
  };

  async function attemptOf(tx: Transaction, hit: DueHit, now: number): Promise<Attempt> {
    const { organisation, id } = hit.brand;
    const [state] = await tx<{ state: string }[]>`select state from outgoing_hit ${at(tx, hit)}`;
    const [row] = await tx<RuleRow[]>`
      select * from outgoing_rule where organisation_id = ${organisation} and brand_id = ${id}
        and id = ${hit.rule} and removed_at is null`;
    const rule = row ? ruleOf(row) : null;
    const from = rule ? hit.at - spanOf(rule.rule.window) : hit.at;
    const look = { fans: [hit.fan], from, acts: 1_000, now };
    const [facts = null] = rule ? await factsOf(tx, hit.brand, rule.id, rule.rule, look) : [];
    const [basis] = await tx<(Omit<Basis, 'notice'> & { version: string; locale: string })[]>`
      select n as record, at as "givenAt", notice_version as version, notice_locale as locale from consent_record
      where organisation_id = ${organisation} and brand_id = ${id} and n = ${hit.basis} and fan = ${hit.fan}`;
    return {
      open: state?.state === 'waiting',
      rule,
      outgoing: await outgoingOf(tx, hit.brand, root),
      facts,
      person: await personOf(tx, hit.brand, hit.fan, now),
      basis: basis
        ? {
            record: basis.record,
            givenAt: basis.givenAt,
            notice: { version: basis.version, locale: basis.locale },
          }
        : null,
    };
  }

  async function personOf(
    tx: Transaction,
    { organisation, id }: BrandRef,
    fan: number,
    now: number,
  ): Promise<Attempt['person']> {
    const [row] = await tx<{ key: string; identity: string }[]>`
      select encode(sealed_key, 'hex') as key, encode(sealed_id, 'hex') as identity from fan
      where organisation_id = ${organisation} and brand_id = ${id} and id = ${fan} and offers_until > ${now}
        and sealed_key is not null and sealed_id is not null`;
    return row ? vault.open(row) : null;
  }
}

function at(tx: Transaction, { brand: { organisation, id: brand }, id }: DueHit) {
  return tx`where organisation_id = ${organisation} and brand_id = ${brand} and id = ${id}`;
}
