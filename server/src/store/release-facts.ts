import { KINDS, PURPOSES } from '@fanfare/contract';
import type { Transaction } from '@fanfare/db';
import type { BiDay } from '../domain/bi/release-day.ts';
import type { CreditFacts } from '../domain/bi/release-more.ts';
import { CREDIT_CLASS } from '../domain/engagement.ts';
import { assembleDays } from '../domain/history/assemble.ts';
import { HALF_LIFE_MS } from '../domain/influence.ts';
import type { PurposeCount } from '../domain/trust.ts';
import { CREDIT_WEIGHTS } from '../domain/windows/credits.ts';
import type { BrandRef } from '../parts.ts';
import { factsOf, keysOf } from './history-facts.ts';
import { edgesSeen } from './hours.ts';

const HOUR = 3_600_000;
/** Hours of the window that influence is told of. */
const WINDOW_HOURS = 168;
const DIMENSIONS = ['network', 'kind'] as const;

/** What is stored of some days: with their hours, and the credits of the week that ends with each. */
export interface BiFacts {
  readonly days: readonly BiDay[];
  /** `null` where the ledger does not hold the whole week. */
  readonly credits: readonly (CreditFacts | null)[];
}

/** Everything of some days that is released but their consents. @param edges of the days, ms @param now ms */
export async function biFacts(
  tx: Transaction,
  brand: BrandRef,
  edges: readonly number[],
  now: number,
): Promise<BiFacts> {
  const { heldFrom } = await edgesSeen(tx, brand);
  const days = await biDays(tx, brand, edges);
  const credits: (CreditFacts | null)[] = [];
  for (const end of edges.slice(1)) {
    // Of a week that is not held whole, what was told stays: nothing changes it any more.
    const held = end - WINDOW_HOURS * HOUR >= heldFrom * HOUR;
    credits.push(held ? await creditsOf(tx, brand, Math.min(end - 1, now)) : null);
  }
  return { days, credits };
}

/** Days with their hours, in all and by each dimension with columns. */
async function biDays(tx: Transaction, brand: BrandRef, edges: readonly number[]): Promise<BiDay[]> {
  const asked = { from: edges[0]!, to: edges.at(-1)!, grain: 'hour', metrics: [], zone: '' } as const;
  const total = assembleDays(await factsOf(tx, brand, { ...asked, by: null }, [], edges));
  const [network, kind] = [[], []] as (typeof total)[];
  for (const [i, by] of DIMENSIONS.entries()) {
    const keys = await keysOf(tx, brand, by, edges);
    [network, kind][i]!.push(...assembleDays(await factsOf(tx, brand, { ...asked, by }, keys, edges)));
  }
  return total.map((day, i) => ({ total: day, network: network![i]!, kind: kind![i]! }));
}

/**
 * Credits of the seven days up to an instant, as `totalInfluence` adds them up: distinct (fan, object,
 * kind) towards a fan who is somebody else, each dated at the hour of the first. Added up as numerics:
 * a sum of floats depends on the order of its rows.
 * @param asOf ms: last instant of the window
 */
async function creditsOf(
  tx: Transaction,
  { organisation, id }: BrandRef,
  asOf: number,
): Promise<CreditFacts> {
  const last = Math.floor(asOf / HOUR);
  const from = (last - WINDOW_HOURS + 1) * HOUR;
  const kinds = KINDS.flatMap((_, kind) => (CREDIT_CLASS[kind]! >= 0 ? [kind] : []));
  const classes = kinds.map((kind) => CREDIT_CLASS[kind]!);
  const [row] = await tx<CreditFacts[]>`
    with credit as (
      select owner, kind, min(occurred_at / ${HOUR}) as hour from engagement
      where organisation_id = ${organisation} and brand_id = ${id} and owner >= 0 and owner <> fan
        and object <> '' and occurred_at >= ${from} and occurred_at <= ${asOf} and kind = any(${kinds}::int2[])
      group by owner, fan, object, kind),
    of_owner as (
      select owner, count(*) filter (where class = 0) as reaction, count(*) filter (where class = 1) as comment,
        count(*) filter (where class = 2) as share,
        sum(((${[...CREDIT_WEIGHTS]}::float8[])[class + 1] * power(2, -(${asOf}::int8 - hour * ${HOUR}) / ${HALF_LIFE_MS}::float8))::numeric) as score
      from credit join unnest(${kinds}::int2[], ${classes}::int[]) as c(kind, class) using (kind) group by owner)
    select coalesce(sum(score), 0)::float8 as total, coalesce(max(score), 0)::float8 as largest, count(*) as owners,
      coalesce(sum(reaction), 0)::int8 as reaction, coalesce(sum(comment), 0)::int8 as comment,
      coalesce(sum(share), 0)::int8 as share, count(*) filter (where reaction > 0) as "reactionOwners",
      count(*) filter (where comment > 0) as "commentOwners", count(*) filter (where share > 0) as "shareOwners"
    from of_owner`;
  return row!;
}

/** How many fans had given and withdrawn each purpose at the end of each day. @param edges of the days, ms */
export async function consentsOf(
  tx: Transaction,
  { organisation, id }: BrandRef,
  edges: readonly number[],
): Promise<readonly (readonly PurposeCount[])[]> {
  const ends = edges.slice(1);
  const rows = await tx<{ purpose: number; came: number; went: number | null; fans: number }[]>`
    select purpose, width_bucket(came, ${ends}::int8[]) as came, width_bucket(went, ${ends}::int8[]) as went, count(*) as fans
    from (select fan, purpose, min(least(at, received_at)) filter (where granted) as came,
        min(least(at, received_at)) filter (where not granted) as went
      from consent_record where organisation_id = ${organisation} and brand_id = ${id} group by fan, purpose) as t
    where came is not null group by 1, 2, 3`;
  return ends.map((_, day) =>
    PURPOSES.map((purpose, index) => {
      const had = rows.filter((row) => row.purpose === index && row.came <= day);
      const gone = had.filter((row) => row.went !== null && row.went <= day);
      return { purpose, granted: sum(had), withdrawn: sum(gone) };
    }),
  );
}

function sum(rows: readonly { readonly fans: number }[]): number {
  return rows.reduce((all, { fans }) => all + fans, 0);
}
