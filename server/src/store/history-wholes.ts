import { KINDS, type Kind } from '@fanfare/contract';
import type { Transaction } from '@fanfare/db';
import { CREDIT_CLASS } from '../domain/engagement.ts';
import type { HistoryFacts } from '../domain/history/assemble.ts';
import { HALF_LIFE_MS } from '../domain/influence.ts';
import { CREDIT_WEIGHTS } from '../domain/windows/credits.ts';
import type { BrandRef } from '../parts.ts';

const [MINUTE, HOUR] = [60_000, 3_600_000];
const codeOf = (kind: Kind): number => KINDS.indexOf(kind);
const AMPLIFYING = CREDIT_CLASS.flatMap((of, kind) => (of === 2 ? [kind] : [])).join(', ');
const CREDITING = CREDIT_CLASS.flatMap((of, kind) => (of >= 0 ? [kind] : [])).join(', ');
const CLASS = `case ${CREDIT_CLASS.map((of, kind) => `when kind = ${kind} then ${of}`).join(' ')} end`;
const WEIGHT = `case class ${CREDIT_WEIGHTS.map((weight, of) => `when ${of} then ${weight}`).join(' ')} end`;

type Row<T extends 'wholes' | 'consenting'> = NonNullable<HistoryFacts[T]>[number];

/**
 * Of each day, and of each hour if asked, what is known of it as a whole: who amplified and with how
 * many followers, reactions, and the credits of influence as they weigh at its end: added up as
 * numerics, since a sum of floats depends on the order of its rows, and so on who was ever there.
 * @param edges starts of the days and the end of the last one, ms
 */
export async function wholesOf(
  tx: Transaction,
  { organisation, id }: BrandRef,
  byHour: boolean,
  edges: readonly number[],
): Promise<Row<'wholes'>[]> {
  const buckets = byHour ? '(false, day), (true, hour)' : '(false, day)';
  const rows = await tx<(Omit<Row<'wholes'>, 'credits'> & Record<'c0' | 'c1' | 'c2', number>)[]>`
    with acts as materialized (
      select of_hour, bucket, case when of_hour then (bucket + 1)::int8 * ${HOUR} else (${edges as number[]}::int8[])[bucket + 2] end as ends,
        fan, owner, kind, object, followers, occurred_at, id
      from (
        select *, (occurred_at / ${HOUR})::int as hour,
          width_bucket(occurred_at, ${edges as number[]}::int8[]) - 1 as day
        from engagement where organisation_id = ${organisation} and brand_id = ${id}
          and occurred_at >= ${edges[0]!} and occurred_at < ${edges.at(-1)!}) as e
      cross join lateral (values ${tx.unsafe(buckets)}) as b(of_hour, bucket)),
    people as (
      select of_hour, bucket, bool_or(kind in (${tx.unsafe(AMPLIFYING)})) as amplifies,
        (array_agg(followers order by occurred_at desc, id collate "C" desc)
          filter (where followers is not null))[1]::int8 as followers,
        count(*) filter (where kind = ${codeOf('reaction')}) as reactions
      from acts group by of_hour, bucket, fan),
    reached as (
      select of_hour, bucket, count(*) filter (where amplifies) as amplifiers,
        count(followers) filter (where amplifies) as known,
        coalesce(sum(followers) filter (where amplifies), 0)::int8 as followers,
        coalesce(max(followers) filter (where amplifies), 0)::int8 as widest,
        sum(reactions)::int8 as reactions, count(*) filter (where reactions > 0) as reactors
      from people group by of_hour, bucket),
    credits as (
      select of_hour, bucket, owner, ${tx.unsafe(CLASS)} as class, min(ends) as ends,
        min(occurred_at) / ${MINUTE} * ${MINUTE} as dated
      from acts where owner >= 0 and owner <> fan and object <> '' and kind in (${tx.unsafe(CREDITING)})
      group by of_hour, bucket, owner, fan, object, kind),
    owners as (
      select of_hour, bucket, count(*) filter (where class = 0) as c0, count(*) filter (where class = 1) as c1,
        count(*) filter (where class = 2) as c2,
        sum((${tx.unsafe(WEIGHT)} * 2 ^ (-(ends - dated)::float8 / ${HALF_LIFE_MS}))::numeric) as score
      from credits group by of_hour, bucket, owner),
    credited as (
      select of_hour, bucket, sum(c0)::int8 as c0, sum(c1)::int8 as c1, sum(c2)::int8 as c2, count(*) as owners,
        sum(score)::float8 as influence, max(score)::float8 as strongest
      from owners group by of_hour, bucket)
    select of_hour as "ofHour", bucket, amplifiers, known, followers, widest, reactions, reactors,
      coalesce(c0, 0) as c0, coalesce(c1, 0) as c1, coalesce(c2, 0) as c2, coalesce(owners, 0) as owners,
      coalesce(influence, 0) as influence, coalesce(strongest, 0) as strongest
    from reached left join credited using (of_hour, bucket)`;
  return rows.map(({ c0, c1, c2, ...row }) => ({ ...row, credits: [c0, c1, c2] }));
}

/**
 * Fans who consent to being measured at each of some instants, of those whose consent, unbroken since,
 * is still what it was: one who withdrew was never there, nor is one whose account rests. One read of
 * the fans, however many instants.
 * @param ends ms, rising
 */
export async function consentingAt(
  tx: Transaction,
  { organisation, id }: BrandRef,
  ends: readonly number[],
): Promise<Row<'consenting'>[]> {
  const rows = await tx<{ at: number; change: number }[]>`
    select width_bucket(at - 1, ${ends as number[]}::int8[]) as at, sum(change)::int as change
    from fan cross join lateral (values (measure_from, 1), (measure_until, -1)) as c(at, change)
    where organisation_id = ${organisation} and brand_id = ${id} and measure_from is not null and not resting and at is not null
    group by 1`;
  const changes = new Map(rows.map(({ at, change }) => [at, change]));
  let count = 0;
  return ends.map((end, i) => ({ end, count: (count += changes.get(i) ?? 0) }));
}
