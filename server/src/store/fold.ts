import type { Sql } from '@fanfare/db';
import type { BrandRef } from '../parts.ts';
import { edgesOf } from './hours.ts';
import { inBrand } from './tenant.ts';

const HOUR = 3_600_000;
/** Hours are folded this long after they end, when late events have become rare. */
const LATE_HOURS = 6;
/** Hours folded in one transaction: the brand's commits wait for it. */
const AT_ONCE = 24;

/**
 * Fold the minute rollups and refusals of a brand's complete hours into hours. Each stretch is one
 * transaction under the brand's lock, so that no commit falls between what was folded and what
 * every later commit adds to the hours itself.
 * @param now milliseconds @param signal ends it between two stretches, with its reason
 * @returns hours passed over, the empty ones included
 */
export async function foldHours(
  sql: Sql,
  brand: BrandRef,
  now: number,
  signal?: AbortSignal,
): Promise<number> {
  const until = Math.floor(now / HOUR) - LATE_HOURS;
  let passed = 0;
  for (;;) {
    signal?.throwIfAborted();
    const step = await foldSome(sql, brand, until);
    if (step === 0) return passed;
    passed += step;
  }
}

async function foldSome(sql: Sql, brand: BrandRef, until: number): Promise<number> {
  const { organisation, id } = brand;
  return inBrand(sql, brand, async (tx) => {
    const { foldedUntil } = await edgesOf(tx, brand);
    if (foldedUntil >= until) return 0;
    const [first] = await tx<{ hour: number | null }[]>`
      select least(
        (select min(minute) from rollup where organisation_id = ${organisation} and brand_id = ${id}
          and minute >= ${foldedUntil * 60}),
        (select min(minute) from refusal where organisation_id = ${organisation} and brand_id = ${id}
          and minute >= ${foldedUntil * 60})) / 60 as hour`;
    const from = Math.max(foldedUntil, first?.hour ?? until);
    const to = Math.min(from + AT_ONCE, until);
    if (from < to) {
      const within = tx`organisation_id = ${organisation} and brand_id = ${id}
        and minute >= ${from * 60} and minute < ${to * 60}`;
      await tx`
        insert into rollup_hour
        select ${organisation}::int, ${id}::int, minute / 60, network, kind, campaign, language,
          sum(engagements), sum(positive), sum(neutral), sum(negative)
        from rollup where ${within} group by 3, 4, 5, 6, 7`;
      await tx`
        insert into refusal_hour
        select ${organisation}::int, ${id}::int, minute / 60, network, reason, sum(count)
        from refusal where ${within} group by 3, 4, 5`;
    }
    await tx`update brand set folded_until = ${to} where organisation_id = ${organisation} and id = ${id}`;
    return to - foldedUntil;
  });
}
