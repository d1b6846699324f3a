import { KINDS, NETWORKS, formatInstant, type Recount, type RollupDifference } from '@fanfare/contract';
import type { Sql, Transaction } from '@fanfare/db';
import type { BrandRef } from '../parts.ts';

/** Differences told one by one, at most. */
const MOST_TOLD = 100;
/** Rows one statement looks at, about: a large brand takes several, so that none runs for long. */
const AT_ONCE = 2_000_000;

const COUNTS = ['engagements', 'positive', 'neutral', 'negative'] as const;

interface Span {
  first: number | null;
  last: number | null;
  engagements: number;
  rollups: number;
}

type DifferenceRow = {
  minute: number;
  network: number;
  kind: number;
  campaign: string;
  language: string;
  what: RollupDifference['what'];
  /** Differing rollups of these minutes. */
  all: number;
} & RollupDifference['by'];

/** Brands to be recounted, by slug; works on a database no server has open. */
export async function brandsToRecount(sql: Sql): Promise<Map<string, BrandRef>> {
  const rows = await sql<{ organisation: number; id: number; slug: string }[]>`
    select organisation_id as organisation, id, slug from brand order by slug`;
  return new Map(rows.map(({ organisation, id, slug }) => [slug, { organisation, id }]));
}

/**
 * Compute every rollup of a brand again from the ledger and compare each with the one held, byte
 * for byte. All of it sees one snapshot, whatever is being committed meanwhile. Nothing is
 * repaired: a difference means that some code added wrongly, and must be understood.
 * @param atOnce rows one statement looks at, about
 */
export async function recountBrand(
  sql: Sql,
  brand: BrandRef,
  slug: string,
  atOnce = AT_ONCE,
): Promise<Recount> {
  return sql.begin('isolation level repeatable read read only', async (tx) => {
    const { first, last, engagements, rollups } = await spanOf(tx, brand);
    let differing = 0;
    const differences: RollupDifference[] = [];
    if (first !== null && last !== null) {
      const stride = Math.ceil((last + 1 - first) / Math.ceil((engagements + rollups) / atOnce));
      for (let from = first; from <= last; from += stride) {
        const found = await compare(tx, brand, from, from + stride);
        differing += found[0]?.all ?? 0;
        differences.push(...found.slice(0, MOST_TOLD - differences.length).map(toDifference));
      }
    }
    return { brand: slug, rollups, differing, differences };
  });
}

/** First and last minute in ledger and rollups together. */
async function spanOf(tx: Transaction, { organisation, id }: BrandRef): Promise<Span> {
  const rows = await tx<Span[]>`
    select least(r.first, e.first) as first, greatest(r.last, e.last) as last,
      r.rows as rollups, e.rows as engagements
    from (
      select min(minute) as first, max(minute) as last, count(*)::int as rows from rollup
      where organisation_id = ${organisation} and brand_id = ${id}) as r,
    (
      select (min(occurred_at) / 60000)::int as first, (max(occurred_at) / 60000)::int as last, count(*)::int as rows
      from engagement where organisation_id = ${organisation} and brand_id = ${id}) as e`;
  return rows[0]!;
}

/** The first rollups of the minutes `from` to `to` (exclusive) that are not what the ledger gives. */
async function compare(
  tx: Transaction,
  { organisation, id }: BrandRef,
  from: number,
  to: number,
): Promise<DifferenceRow[]> {
  // Labels 1 to 3 are positive, neutral, negative (LABELS); instants are after 1970, so that "/" floors.
  return tx<DifferenceRow[]>`
    select minute, network, kind, campaign, language, (count(*) over ())::int as "all",
      case when h.engagements is null then 'missing' when c.engagements is null then 'extra'
        else 'different' end as what,
      ${tx.unsafe(COUNTS.map((name) => `coalesce(h.${name}, 0) - coalesce(c.${name}, 0) as ${name}`).join(', '))}
    from (
      select (occurred_at / 60000)::int as minute, network, kind, campaign, language,
        count(*)::int as engagements, (count(*) filter (where label = 1))::int as positive,
        (count(*) filter (where label = 2))::int as neutral, (count(*) filter (where label = 3))::int as negative
      from engagement
      where organisation_id = ${organisation} and brand_id = ${id}
        and occurred_at >= ${from}::int8 * 60000 and occurred_at < ${to}::int8 * 60000
      group by 1, 2, 3, 4, 5) as c
    full join (
      select minute, network, kind, campaign, language, ${tx.unsafe(COUNTS.join(', '))} from rollup
      where organisation_id = ${organisation} and brand_id = ${id} and minute >= ${from} and minute < ${to}) as h
    using (minute, network, kind, campaign, language)
    where (h.engagements, h.positive, h.neutral, h.negative)
      is distinct from (c.engagements, c.positive, c.neutral, c.negative)
    order by minute, network, kind, campaign, language limit ${MOST_TOLD}`;
}

function toDifference(row: DifferenceRow): RollupDifference {
  const { minute, network, kind, campaign, language, what, engagements, positive, neutral, negative } = row;
  return {
    minute: formatInstant(minute * 60_000),
    network: NETWORKS[network]!,
    kind: KINDS[kind]!,
    campaign,
    language,
    what,
    by: { engagements, positive, neutral, negative },
  };
}
