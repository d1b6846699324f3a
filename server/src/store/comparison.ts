import {
  WINDOWS,
  WINDOW_SHAPES,
  formatInstant,
  windowStart,
  type Comparison,
  type WindowName,
} from '@fanfare/contract';
import type { Sql } from '@fanfare/db';
import { readBoard } from '../domain/board.ts';
import { release } from '../domain/suppression.ts';
import { BrandWindows } from '../domain/windows/brand-windows.ts';
import type { BrandDoor, BrandRef, Clock } from '../parts.ts';
import { eachRow } from './cursor.ts';
import { ENGAGEMENT_COLUMNS, fromRow, type EngagementRow } from './rows.ts';

const MINUTE = 60_000;
const WEEK_MINUTES = 7 * 1_440;
/** A compared period is read again at most this often, per window: long ones change little. */
const FRESH_MS: Readonly<Record<WindowName, number>> = {
  '5m': MINUTE,
  '1h': MINUTE,
  '24h': 10 * MINUTE,
  '7d': 60 * MINUTE,
  '30d': 60 * MINUTE,
};
const MOST_KEPT = 500;

type Compare = (brand: BrandDoor, window: WindowName, against: Comparison['with']) => Promise<Comparison>;

/**
 * Boards of the period before, or of a week before, read from the ledger by the same counts and
 * the same release as the live ones. One read per brand, window and period at a time, then kept.
 */
export function createComparisons(sql: Sql, clock: Clock, k: number): Compare {
  const kept = new Map<string, { readonly until: number; readonly value: Promise<Comparison> }>();
  return (brand, window, against) => {
    const now = clock();
    const { record } = brand;
    const { end, key } = periodOf(brand, window, against, now);
    const held = kept.get(key);
    if (held && held.until > now) return held.value;
    const value = compare(sql, record, record.body.slug, window, against, end, k);
    kept.set(key, { until: now + FRESH_MS[window], value });
    value.catch(() => kept.delete(key));
    for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
    return value;
  };
}

/** Last instant (ms) of the compared period, in the bucket the period ends with. */
function periodOf(
  { record: { organisation, id }, takenBack }: BrandDoor,
  window: WindowName,
  against: Comparison['with'],
  now: number,
): { end: number; key: string } {
  const minute = Math.floor(now / MINUTE);
  const last = against === 'week' ? minute - WEEK_MINUTES : windowStart(window, minute) - 1;
  return { end: (last + 1) * MINUTE - 1, key: `${organisation} ${id} ${takenBack} ${window} ${against}` };
}

async function compare(
  sql: Sql,
  brand: BrandRef,
  slug: string,
  window: WindowName,
  against: Comparison['with'],
  end: number,
  k: number,
): Promise<Comparison> {
  const counts = new BrandWindows(end);
  const from = counts.starts[WINDOWS.indexOf(window)]! * MINUTE;
  await eachRow<EngagementRow>(
    sql,
    brand,
    (tx) => tx`
      select ${tx.unsafe(ENGAGEMENT_COLUMNS)} from engagement
      where organisation_id = ${brand.organisation} and brand_id = ${brand.id} and occurred_at >= ${from} and occurred_at <= ${end}`,
    (row) => counts.record(null, fromRow(row)),
  );
  const raw = readBoard(counts, window, end, 0, k);
  const heading = { brand: slug, epoch: '', seq: 0, demonstration: false };
  const { measures, series } = release(raw, heading, { audience: 'team', k });
  const { 'consenting@1': _now, 'coverage@1': _share, ...past } = measures;
  const to = formatInstant(from + WINDOW_SHAPES[window].grain * WINDOW_SHAPES[window].buckets * MINUTE);
  return {
    brand: slug,
    window,
    with: against,
    from: formatInstant(from),
    to,
    measures: past,
    series,
  };
}
