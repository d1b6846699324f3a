import type { Sql } from '@fanfare/db';
import { keptSince } from '../domain/retention.ts';
import type { BrandRef, Clock } from '../parts.ts';

const DAY = 86_400_000;
const FIRST = 10 * 60_000;

/** What one run took away. */
export interface Pruned {
  readonly engagements: number;
  readonly rollups: number;
}

/**
 * Let go of a brand's engagements that are too old, with the rollups and refusals of their minutes,
 * in one transaction, so that the recount finds no difference. Live windows are far younger.
 */
export async function prune(sql: Sql, { organisation, id }: BrandRef, now: number): Promise<Pruned> {
  const since = keptSince('engagement', now);
  return sql.begin(async (tx) => {
    const engagements = await tx`delete from engagement
      where organisation_id = ${organisation} and brand_id = ${id} and occurred_at < ${since}`;
    const rollups = await tx`delete from rollup
      where organisation_id = ${organisation} and brand_id = ${id} and minute < ${since / 60_000}`;
    await tx`delete from refusal
      where organisation_id = ${organisation} and brand_id = ${id} and minute < ${since / 60_000}`;
    await tx`delete from tombstone
      where organisation_id = ${organisation} and brand_id = ${id} and received_at < ${since}`;
    return { engagements: engagements.count, rollups: rollups.count };
  });
}

/** Prunes every brand once a day, the first time ten minutes after the start. */
export function createRetention(
  sql: Sql,
  clock: Clock,
  brands: () => readonly BrandRef[],
  failed: (fault: unknown) => void,
): { start: () => void; stop: () => Promise<void> } {
  const run = async () => {
    for (const brand of brands()) await prune(sql, brand, clock());
  };
  const daily = () => void run().catch(failed);
  let timers: NodeJS.Timeout[] = [];
  return {
    start: () => {
      timers = [setTimeout(daily, FIRST), setInterval(daily, DAY)];
      for (const timer of timers) timer.unref();
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
      return Promise.resolve();
    },
  };
}
