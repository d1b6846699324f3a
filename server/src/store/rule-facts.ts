import { NETWORKS, PURPOSES, type Purpose } from '@fanfare/contract';
import type { Transaction } from '@fanfare/db';
import type { Grant } from '../domain/consent.ts';
import type { Look } from '../domain/rules/port.ts';
import type { FanFacts, Rule } from '../domain/rules/rule.ts';
import type { BrandRef } from '../parts.ts';
import { kindsOf } from './rule-rows.ts';

/** Purposes a rule may rest on. */
const ASKED = ['measure', 'offers', 'purchases'] as const satisfies readonly Purpose[];
const OFFERS = PURPOSES.indexOf('offers');

type GrantColumns = Partial<Record<`${(typeof ASKED)[number]}_${'from' | 'until'}`, number | null>>;
type Row = GrantColumns & {
  readonly fan: number;
  readonly age: string;
  readonly resting: boolean;
  readonly basis: number | null;
  readonly turn: number;
  readonly waiting: boolean;
  readonly last: number | null;
  readonly acts: number[];
};

/** What decisions about some fans of a rule rest on: those who agree to offers at `now`, by their numbers. */
export async function factsOf(
  tx: Transaction,
  { organisation, id }: BrandRef,
  ruleId: number,
  rule: Rule,
  { fans, from, acts, now }: Look,
): Promise<FanFacts[]> {
  const columns = ASKED.flatMap((purpose) => [`f.${purpose}_from`, `f.${purpose}_until`]).join(', ');
  const { network, campaign, object } = rule;
  const isNext = 'after' in fans;
  const who = isNext ? tx`f.id > ${fans.after}` : tx`f.id = any(${[...fans]}::int[])`;
  // `offset 0` keeps the probe of the fan's index whole, as in `take-back.ts`.
  const rows = await tx<Row[]>`
    select f.id as fan, f.age, f.resting, ${tx.unsafe(columns)}, l.turn, l.waiting, l.last, a.acts,
      (select n from consent_record c where c.organisation_id = ${organisation} and c.brand_id = ${id}
        and c.fan = f.id and c.purpose = ${OFFERS} and c.granted order by n desc limit 1) as basis
    from fan f
    cross join lateral (
      select coalesce(max(turn), 0) as turn, coalesce(bool_or(state = 'waiting'), false) as waiting,
        max(coalesce(settled_at, made_at)) as last
      from outgoing_hit h where h.organisation_id = ${organisation} and h.brand_id = ${id}
        and h.fan = f.id and h.rule = ${ruleId}) as l
    cross join lateral (
      select coalesce(json_agg(t.occurred_at), '[]'::json) as acts from (
        select own.occurred_at from (
          select * from engagement where organisation_id = ${organisation} and brand_id = ${id} and fan = f.id
          offset 0) as own
        where own.kind = any(${kindsOf(rule)}::int[]) and own.occurred_at >= ${from}
          and (${network}::text is null or own.network = ${network === null ? 0 : NETWORKS.indexOf(network)})
          and (${campaign}::text is null or own.campaign = ${campaign})
          and (${object}::text is null or own.object = ${object})
        order by own.occurred_at desc limit ${acts}) as t) as a
    where f.organisation_id = ${organisation} and f.brand_id = ${id} and ${who} and f.offers_until > ${now}
    order by f.id limit ${isNext ? fans.most : fans.length}`;
  return rows.map((row) => ({
    fan: row.fan,
    adult: row.age === '18+',
    resting: row.resting,
    grants: grantsOf(row),
    basis: row.basis,
    turn: row.turn,
    waiting: row.waiting,
    last: row.last,
    acts: row.acts.toSorted((a, b) => b - a),
  }));
}

function grantsOf(row: GrantColumns): Partial<Record<Purpose, Grant>> {
  const grants: Partial<Record<Purpose, Grant>> = {};
  for (const purpose of ASKED) {
    const [from, until] = [row[`${purpose}_from`] ?? null, row[`${purpose}_until`] ?? null];
    if (from !== null && until !== null) grants[purpose] = { from, until };
  }
  return grants;
}
