import type { Sql } from '@fanfare/db';
import { keptSince, type RetentionRule } from '../domain/retention.ts';
import type { BrandRef } from '../parts.ts';
import { dropUncovered } from './excerpts.ts';
import { foldHours } from './fold.ts';
import { freezeHours } from './freeze.ts';
import { dropOldPurchases } from './held-purchases.ts';
import { edgesOf } from './hours.ts';
import { inBrand } from './tenant.ts';

const HOUR = 3_600_000;

/** Rows one run took away, by rule. */
export type Pruned = Partial<Record<RetentionRule['what'], number>>;

/** Lets go of what is older than `since` (ms), of one brand; gives the number of rows. */
type Step = (
  sql: Sql,
  brand: BrandRef,
  since: number,
  now: number,
  signal: AbortSignal | undefined,
) => Promise<number>;

/** How each rule is kept, in this order; `null` where a thing ends by itself. */
const STEPS: Readonly<Record<RetentionRule['what'], Step | null>> = {
  // Also those whose consent has run out meanwhile: nobody is shown them any more.
  excerpt: (sql, brand, _since, now) => inBrand(sql, brand, (tx) => dropUncovered(tx, brand, now)),
  // Those whose consent has run out too.
  purchase: (sql, brand, since, now) => inBrand(sql, brand, (tx) => dropOldPurchases(tx, brand, since, now)),
  outgoing: async (sql, brand, since) => {
    const { count } = await inBrand(
      sql,
      brand,
      (tx) => tx`delete from outgoing_hit where organisation_id = ${brand.organisation}
        and brand_id = ${brand.id} and made_at < ${since} and state <> 'waiting'`,
    );
    return count;
  },
  minute_rollup: dropMinutes,
  engagement: async (sql, brand, since, _now, signal) => {
    const { organisation, id } = brand;
    await inBrand(
      sql,
      brand,
      (tx) => tx`delete from tombstone
      where organisation_id = ${organisation} and brand_id = ${id} and received_at < ${since}`,
    );
    await inBrand(
      sql,
      brand,
      (tx) => tx`delete from resting
      where organisation_id = ${organisation} and brand_id = ${id} and occurred_at < ${since}`,
    );
    // Of purged reports only that their events are withheld was left, as long as any removal is remembered.
    await inBrand(
      sql,
      brand,
      (tx) => tx`with gone as (
        delete from quarantine
        where organisation_id = ${organisation} and brand_id = ${id} and purged_at < ${since} returning key)
      delete from quarantine_delivery where organisation_id = ${organisation} and brand_id = ${id}
        and key in (select key from gone)`,
    );
    return freezeHours(sql, brand, Math.floor(since / HOUR), signal);
  },
  hour_rollup: dropHours,
  consent_proof: null,
  rights_request: async (sql, brand, since) => {
    const { count } = await inBrand(
      sql,
      brand,
      (tx) => tx`delete from rights_request
      where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and closed_at < ${since}`,
    );
    return count;
  },
  delivery_mark: async (sql, brand, since) => {
    const { count } = await inBrand(
      sql,
      brand,
      (tx) => tx`delete from source_delivery
      where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and received_at < ${since}`,
    );
    return count;
  },
  file_import: async (sql, brand, since) => {
    const { count } = await inBrand(
      sql,
      brand,
      (tx) => tx`with gone as (
        delete from file_import
        where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and updated_at < ${since}
        returning id)
      delete from file_import_line where organisation_id = ${brand.organisation} and brand_id = ${brand.id}
        and import in (select id from gone)`,
    );
    return count;
  },
  dead_letter: async (sql, brand, since) => {
    const { count } = await inBrand(
      sql,
      brand,
      (tx) => tx`delete from source_letter
      where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and received_at < ${since}`,
    );
    return count;
  },
  // Of an organisation, not of a brand: `audit-records.ts`.
  audit: null,
  // By a job of its own, every few seconds.
  quarantine: null,
  link: null,
  visit: null,
};

/**
 * Let go of everything of a brand that is older than its rule allows. Each step is complete in
 * itself, so that a run that breaks off is gone on with by the next.
 * @param signal ends it between two steps, with its reason
 */
export async function prune(sql: Sql, brand: BrandRef, now: number, signal?: AbortSignal): Promise<Pruned> {
  // An hour is folded before its minutes go.
  await foldHours(sql, brand, now, signal);
  const pruned: Pruned = {};
  for (const [what, step] of Object.entries(STEPS) as [RetentionRule['what'], Step | null][]) {
    signal?.throwIfAborted();
    if (step) pruned[what] = await step(sql, brand, keptSince(what, now), now, signal);
  }
  return pruned;
}

/** Rollups and refusals by the minute; those by the hour stay. */
async function dropMinutes(sql: Sql, brand: BrandRef, since: number): Promise<number> {
  const { organisation, id } = brand;
  return inBrand(sql, brand, async (tx) => {
    const { foldedUntil } = await edgesOf(tx, brand);
    const minute = Math.min(Math.floor(since / HOUR), foldedUntil) * 60;
    const { count } = await tx`delete from rollup
      where organisation_id = ${organisation} and brand_id = ${id} and minute < ${minute}`;
    await tx`delete from refusal
      where organisation_id = ${organisation} and brand_id = ${id} and minute < ${minute}`;
    await tx`update brand set minutes_from = greatest(minutes_from, ${minute})
      where organisation_id = ${organisation} and id = ${id}`;
    return count;
  });
}

/** Frozen hours, and refusals by the hour. */
async function dropHours(sql: Sql, brand: BrandRef, since: number): Promise<number> {
  const { organisation, id } = brand;
  const hour = Math.floor(since / HOUR);
  return inBrand(sql, brand, async (tx) => {
    const { count } = await tx`delete from rollup_frozen
      where organisation_id = ${organisation} and brand_id = ${id} and hour < ${hour}`;
    await tx`delete from refusal_hour
      where organisation_id = ${organisation} and brand_id = ${id} and hour < ${hour}`;
    return count;
  });
}
