import { formatInstant, type Loyalty } from '@fanfare/contract';
import type { Sql } from '@fanfare/db';
import {
  FREQUENCY_CLASSES,
  RECENCY_CLASSES,
  loyal,
  loyalty,
  loyaltyStart,
  type Habit,
} from '../domain/loyalty.ts';
import { releaseTable, releaseValue } from '../domain/suppression.ts';
import type { BrandDoor, BrandRef, Clock } from '../parts.ts';
import { inBrand } from './tenant.ts';

const [DAY_MS, WEEK_MS] = [86_400_000, 7 * 86_400_000];
/** Habits of half a year change little in an hour. */
const FRESH_MS = 3_600_000;
const MOST_KEPT = 500;

interface Kept {
  readonly until: number;
  /** What had been taken back when it was read: a withdrawal ends it at once. */
  readonly takenBack: number;
  readonly value: Promise<Loyalty>;
}

/** Loyalty tables from the ledger: one read per brand at a time, kept an hour or until a withdrawal. */
export function createLoyalty(sql: Sql, clock: Clock, k: number): (brand: BrandDoor) => Promise<Loyalty> {
  const kept = new Map<string, Kept>();
  return ({ record, takenBack }) => {
    const now = clock();
    const key = `${record.organisation} ${record.id}`;
    const held = kept.get(key);
    if (held && held.until > now && held.takenBack === takenBack) return held.value;
    const value = habitsOf(sql, record, now).then((habits) => release(habits, record.body.slug, now, k));
    const made: Kept = { until: now + FRESH_MS, takenBack, value };
    kept.delete(key);
    kept.set(key, made);
    value.catch(() => {
      if (kept.get(key) === made) kept.delete(key);
    });
    for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
    return value;
  };
}

function release(habits: readonly Habit[], brand: string, now: number, k: number): Loyalty {
  const asOf = formatInstant(now);
  const fans = habits.reduce((sum, habit) => sum + habit.fans, 0);
  return {
    brand,
    asOf,
    from: formatInstant(loyaltyStart(now)),
    k,
    recency: RECENCY_CLASSES,
    frequency: FREQUENCY_CLASSES,
    total: releaseValue(loyal(fans), k, asOf),
    table: releaseTable(loyalty(habits), k, asOf),
  };
}

/** Fans by days and active weeks; aggregated by the database, so that at most 4 732 rows come back. */
async function habitsOf(sql: Sql, brand: BrandRef, now: number): Promise<Habit[]> {
  const { organisation, id } = brand;
  const from = loyaltyStart(now);
  return inBrand(
    sql,
    brand,
    (tx) => tx<Habit[]>`
    select ((${now}::int8 - newest) / ${DAY_MS}::int8)::int as days, bit_count(active::bit(26))::int as weeks,
      count(*)::int as fans
    from (
      select max(occurred_at) as newest, bit_or(1 << ((occurred_at - ${from}::int8) / ${WEEK_MS}::int8)::int) as active
      from engagement
      where organisation_id = ${organisation} and brand_id = ${id}
        and occurred_at >= ${from} and occurred_at <= ${now}
      group by fan) as fans
    group by 1, 2`,
  );
}
