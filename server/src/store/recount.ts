import { KINDS, NETWORKS, formatInstant, type Recount, type RollupDifference } from '@fanfare/contract';
import type { Sql, Transaction } from '@fanfare/db';
import type { BrandRef } from '../parts.ts';
import { edgesSeen } from './hours.ts';
import { inBrand } from './tenant.ts';

/** Differences told one by one, at most. */
const MOST_TOLD = 100;
/** Rows one statement looks at, about: a large brand takes several, so that none runs for long. */
const AT_ONCE = 2_000_000;
/** A minute after all others. */
const NEVER = 2 ** 31 - 1;

const COUNTS = ['engagements', 'positive', 'neutral', 'negative'] as const;

/** Rollups of one length: their table, the column and the milliseconds of their bucket. */
interface Grain {
  readonly table: 'rollup' | 'rollup_hour';
  readonly bucket: 'minute' | 'hour';
  readonly ms: number;
}
const MINUTES: Grain = { table: 'rollup', bucket: 'minute', ms: 60_000 };
const HOURS: Grain = { table: 'rollup_hour', bucket: 'hour', ms: 3_600_000 };

/** Buckets to be compared, and the rows in them. */
interface Span {
  first: number | null;
  last: number | null;
  engagements: number;
  rollups: number;
}

type DifferenceRow = {
  bucket: number;
  network: number;
  kind: number;
  campaign: string;
  language: string;
  what: RollupDifference['what'];
  /** Differing rollups of these minutes. */
  all: number;
} & RollupDifference['by'];

/** Brands to be recounted, by slug; works on a database no server has open. @param sql sees every tenant */
export async function brandsToRecount(sql: Sql): Promise<Map<string, BrandRef>> {
  const rows = await sql<{ organisation: number; id: number; slug: string }[]>`
    select organisation_id as organisation, id, slug from brand order by slug`;
  return new Map(rows.map(({ organisation, id, slug }) => [slug, { organisation, id }]));
}

/**
 * Compute every rollup of a brand again from the ledger and compare each with the one held, byte
 * for byte: those of the minutes, then those of the hours, as far back as they and the ledger go.
 * All of it sees one snapshot, whatever is being committed meanwhile. Nothing is repaired: a
 * difference means that some code added wrongly, and must be understood.
 * @param atOnce rows one statement looks at, about
 */
export async function recountBrand(
  sql: Sql,
  brand: BrandRef,
  slug: string,
  atOnce = AT_ONCE,
): Promise<Recount> {
  const count = async (tx: Transaction): Promise<Recount> => {
    let [rollups, differing] = [0, 0];
    const differences: RollupDifference[] = [];
    const { minutesFrom, foldedUntil, heldFrom } = await edgesSeen(tx, brand);
    const spans: [Grain, number, number][] = [
      [MINUTES, minutesFrom, NEVER],
      [HOURS, heldFrom, foldedUntil],
    ];
    for (const [grain, since, until] of spans) {
      const span = await spanOf(tx, brand, grain, since, until);
      rollups += span.rollups;
      if (span.first === null || span.last === null) continue;
      const runs = Math.ceil((span.engagements + span.rollups) / atOnce);
      const stride = Math.ceil((span.last + 1 - span.first) / runs);
      for (let from = span.first; from <= span.last; from += stride) {
        const found = await compare(tx, brand, grain, from, Math.min(from + stride, span.last + 1));
        differing += found[0]?.all ?? 0;
        differences.push(
          ...found.slice(0, MOST_TOLD - differences.length).map((row) => toDifference(grain, row)),
        );
      }
    }
    return { brand: slug, rollups, differing, differences };
  };
  return inBrand(sql, brand, count, 'snapshot');
}

/** First and last bucket from `since` until before `until`, in ledger and rollups together. */
async function spanOf(
  tx: Transaction,
  { organisation, id }: BrandRef,
  { table, bucket, ms }: Grain,
  since: number,
  until: number,
): Promise<Span> {
  const rows = await tx<Span[]>`
    select least(r.first, e.first) as first, greatest(r.last, e.last) as last,
      r.rows as rollups, e.rows as engagements
    from (
      select min(${tx(bucket)}) as first, max(${tx(bucket)}) as last, count(*)::int as rows from ${tx(table)}
      where organisation_id = ${organisation} and brand_id = ${id}) as r,
    (
      select (min(occurred_at) / ${ms})::int as first, (max(occurred_at) / ${ms})::int as last, count(*)::int as rows
      from engagement where organisation_id = ${organisation} and brand_id = ${id}
        and occurred_at >= ${since}::int8 * ${ms} and occurred_at < ${until}::int8 * ${ms}) as e`;
  return rows[0]!;
}

/** The first rollups of the buckets `from` to `to` (exclusive) that are not what the ledger gives. */
async function compare(
  tx: Transaction,
  { organisation, id }: BrandRef,
  { table, bucket, ms }: Grain,
  from: number,
  to: number,
): Promise<DifferenceRow[]> {
  // Labels 1 to 3 are positive, neutral, negative (LABELS); instants are after 1970, so that "/" floors.
  return tx<DifferenceRow[]>`
    select bucket, network, kind, campaign, language, (count(*) over ())::int as "all",
      case when h.engagements is null then 'missing' when c.engagements is null then 'extra'
        else 'different' end as what,
      ${tx.unsafe(COUNTS.map((name) => `coalesce(h.${name}, 0) - coalesce(c.${name}, 0) as ${name}`).join(', '))}
    from (
      select (occurred_at / ${ms})::int as bucket, network, kind, campaign, language,
        count(*)::int as engagements, (count(*) filter (where label = 1))::int as positive,
        (count(*) filter (where label = 2))::int as neutral, (count(*) filter (where label = 3))::int as negative
      from engagement
      where organisation_id = ${organisation} and brand_id = ${id}
        and occurred_at >= ${from}::int8 * ${ms} and occurred_at < ${to}::int8 * ${ms}
      group by 1, 2, 3, 4, 5) as c
    full join (
      select ${tx(bucket)} as bucket, network, kind, campaign, language, ${tx.unsafe(COUNTS.join(', '))}
      from ${tx(table)} where organisation_id = ${organisation} and brand_id = ${id}
        and ${tx(bucket)} >= ${from} and ${tx(bucket)} < ${to}) as h
    using (bucket, network, kind, campaign, language)
    where (h.engagements, h.positive, h.neutral, h.negative)
      is distinct from (c.engagements, c.positive, c.neutral, c.negative)
    order by bucket, network, kind, campaign, language limit ${MOST_TOLD}`;
}

function toDifference({ bucket: name, ms }: Grain, row: DifferenceRow): RollupDifference {
  const { bucket, network, kind, campaign, language, what, engagements, positive, neutral, negative } = row;
  return {
    minute: formatInstant(bucket * ms),
    ...(name === 'hour' ? { grain: name } : {}),
    network: NETWORKS[network]!,
    kind: KINDS[kind]!,
    campaign,
    language,
    what,
    by: { engagements, positive, neutral, negative },
  };
}
