import { formatInstant } from '@fanfare/contract';
import type { Sql, Transaction } from '@fanfare/db';
import type { ReleasedRow, ShownRow } from '../domain/bi/cells.ts';
import type { BiRange, BiReader, BiRow } from '../domain/bi/port.ts';
import { releaseBiDay, type Before } from '../domain/bi/release-day.ts';
import { releaseBiConsents, releaseBiInfluence } from '../domain/bi/release-more.ts';
import { BI_VIEWS, type BiValue, type BiViewName } from '../domain/bi/views.ts';
import { dayEdges } from '../domain/history/days.ts';
import { addDays, startOfDay } from '../domain/local-day.ts';
import type { BrandRecord, BrandRef } from '../parts.ts';
import { edgesSeen } from './hours.ts';
import { biFacts, consentsOf } from './release-facts.ts';
import { inBrand } from './tenant.ts';

const HOUR = 3_600_000;
const DAY = 86_400_000;
const CHUNK = 2_000;
const EPOCH = { year: 1970, month: 1, day: 1 };

/** What is known of a brand whose gateway is open. */
export interface ReleaseState {
  readonly commits: number;
  readonly made: string;
  readonly publishedAt: number | null;
}

/** A run of days to be published: numbers since 1970-01-01. */
export interface Run {
  readonly first: number;
  readonly days: number;
  readonly zone: string;
  readonly k: number;
  readonly now: number;
}

/** Released cells, in PostgreSQL. */
export interface Releases extends BiReader {
  /** Brands whose gateway is open, for upkeep. @param every sees the rows of every tenant */
  load(every: Sql): Promise<readonly (BrandRef & ReleaseState)[]>;
  open(brand: BrandRef, now: number): Promise<void>;
  /** Commits of the brand, and the first hour (UTC, since 1970) of which anything is kept; `null` for none. */
  extent(brand: BrandRef): Promise<{ readonly commits: number; readonly first: number | null }>;
  /** Release everything of some days but their consents. */
  publish(brand: BrandRef, run: Run): Promise<void>;
  /** Release the consents of some days. */
  publishConsents(brand: BrandRef, run: Run): Promise<void>;
  note(brand: BrandRef, state: ReleaseState): Promise<void>;
  /** Let go of what is older than an instant, ms. */
  prune(brand: BrandRef, since: number): Promise<void>;
}

/** Released cells over the application's connections. */
export function createReleases(sql: Sql): Releases {
  return {
    load: (every) => every<(BrandRef & ReleaseState)[]>`
      select organisation_id as organisation, brand_id as id, commits, made, published_at as "publishedAt" from release_state`,
    async open(brand, now) {
      await inBrand(
        sql,
        brand,
        (tx) => tx`
        insert into release_state (organisation_id, brand_id, opened_at, commits, made)
        values (${brand.organisation}, ${brand.id}, ${now}, -1, '') on conflict do nothing`,
      );
    },
    extent: (brand) =>
      inBrand(sql, brand, async (tx) => {
        const { commits } = await edgesSeen(tx, brand);
        return { commits, first: await firstHour(tx, brand) };
      }),
    async publish(brand, run) {
      const edges = edgesOf(run);
      const { days, credits } = await inBrand(
        sql,
        brand,
        (tx) => biFacts(tx, brand, edges, run.now),
        'snapshot',
      );
      await write(sql, brand, run, (before) =>
        days.flatMap((day, i) => {
          const number = run.first + i;
          const told = credits[i];
          return [
            ...releaseBiDay(day, run.k, run.zone, number, run.now, before),
            ...(told ? [releaseBiInfluence(told, run.k, number, edges[i + 1]!, before)] : []),
          ];
        }),
      );
    },
    async publishConsents(brand, run) {
      const edges = edgesOf(run);
      const counts = await inBrand(sql, brand, (tx) => consentsOf(tx, brand, edges), 'snapshot');
      await write(sql, brand, run, (before) =>
        counts.map((count, i) => releaseBiConsents(count, run.k, run.first + i, edges[i + 1]!, before)),
      );
    },
    async note(brand, { commits, made, publishedAt }) {
      await inBrand(
        sql,
        brand,
        (tx) => tx`
        update release_state set commits = ${commits}, made = ${made}, published_at = ${publishedAt}
        where organisation_id = ${brand.organisation} and brand_id = ${brand.id}`,
      );
    },
    async prune(brand, since) {
      await inBrand(
        sql,
        brand,
        (tx) => tx`
        delete from release_cell where organisation_id = ${brand.organisation} and brand_id = ${brand.id}
          and bucket < case when view = 'engagement_hourly' then ${Math.floor(since / HOUR)}::int else ${Math.floor(since / DAY)}::int end`,
      );
    },
    rows: (brand, view, range) => released(sql, brand, view, range),
  };
}

/** Starts (ms) of the days of a run, and the end of the last one. */
function edgesOf({ first, days, zone }: Run): number[] {
  const start = (day: number) => startOfDay(addDays(EPOCH, day), zone);
  return dayEdges(start(first), start(first + days), zone);
}

async function firstHour(tx: Transaction, { organisation, id }: BrandRef): Promise<number | null> {
  const [row] = await tx<{ first: number | null }[]>`
    select least(
      (select min(hour) from rollup_hour where organisation_id = ${organisation} and brand_id = ${id}),
      (select min(hour) from rollup_frozen where organisation_id = ${organisation} and brand_id = ${id}),
      (select min(hour) from refusal_hour where organisation_id = ${organisation} and brand_id = ${id}),
      (select min(minute) / 60 from rollup where organisation_id = ${organisation} and brand_id = ${id}),
      (select min(minute) / 60 from refusal where organisation_id = ${organisation} and brand_id = ${id})) as first`;
  return row?.first ?? null;
}

/** Release rows beside those that were shown, and keep what is different. */
function write(
  sql: Sql,
  brand: BrandRef,
  run: Run,
  release: (before: Before) => readonly ReleasedRow[],
): Promise<void> {
  const { organisation, id } = brand;
  const hours = edgesOf(run).map((at) => Math.floor(at / HOUR));
  return inBrand(sql, brand, async (tx) => {
    const shown = await tx<{ view: BiViewName; bucket: number; shown: ShownRow }[]>`
      select view, bucket, shown from release_cell where organisation_id = ${organisation} and brand_id = ${id}
        and ((view = 'engagement_hourly' and bucket between ${hours[0]!} and ${hours.at(-1)!})
          or (view <> 'engagement_hourly' and bucket between ${run.first} and ${run.first + run.days}))`;
    const old = new Map(shown.map((row) => [`${row.view} ${row.bucket}`, row.shown]));
    const rows = release((view, bucket) => old.get(`${view} ${bucket}`));
    const values = rows.map(({ hidden, ...row }) => ({ ...row, hidden: hidden.join(',') || null }));
    await tx`
      insert into release_cell as r (organisation_id, brand_id, view, bucket, cells, hidden, shown, published_at)
      select ${organisation}::int, ${id}::int, view, bucket, cells, hidden, shown, ${run.now}::int8
      from json_to_recordset(${JSON.stringify(values)}::text::json)
        as t(view text, bucket int, cells json, hidden text, shown json)
      on conflict (organisation_id, brand_id, view, bucket) do update
        set cells = excluded.cells, hidden = excluded.hidden, shown = excluded.shown, published_at = excluded.published_at
        where r.cells::text <> excluded.cells::text or r.hidden is distinct from excluded.hidden`;
  });
}

async function* released(
  sql: Sql,
  { organisation, id, body }: BrandRecord,
  view: BiViewName,
  { from, to }: BiRange,
): AsyncGenerator<readonly BiRow[]> {
  const brand = { organisation, id };
  for (let after = (from ?? -1) - 1; ;) {
    const rows = await inBrand(
      sql,
      brand,
      (tx) => tx<ReleasedCells[]>`
      select bucket, cells, hidden, published_at from release_cell
      where organisation_id = ${organisation} and brand_id = ${id} and view = ${view}
        and bucket > ${after} and bucket <= ${to ?? 2_147_483_647}
      order by bucket limit ${CHUNK}`,
    );
    if (rows.length > 0) yield rows.map((row) => rowOf(row, view, body.slug));
    if (rows.length < CHUNK) return;
    after = rows.at(-1)!.bucket;
  }
}

interface ReleasedCells {
  readonly bucket: number;
  readonly cells: Readonly<Record<string, BiValue>>;
  readonly hidden: string | null;
  readonly published_at: number;
}

function rowOf(
  { bucket, cells, hidden, published_at }: ReleasedCells,
  view: BiViewName,
  brand: string,
): BiRow {
  const own: Readonly<Record<string, BiValue>> = {
    ...{ brand, hidden_columns: hidden, published_at: formatInstant(published_at) },
    ...(BI_VIEWS[view].grain === 'hour' ? { hour_start: formatInstant(bucket * HOUR) } : {}),
  };
  return Object.fromEntries(
    BI_VIEWS[view].columns.map(({ name }) => [
      name,
      (Object.hasOwn(own, name) ? own[name] : cells[name]) ?? null,
    ]),
  );
}
