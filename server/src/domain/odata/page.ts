import type { BiRange, BiRow } from '../bi/port.ts';
import { BI_VIEWS, type BiViewName } from '../bi/views.ts';
import { Fault } from '../fault.ts';
import { daysBetween, parseDay } from '../local-day.ts';
import type { Filter } from './filter.ts';
import { comparable, matches } from './matches.ts';
import type { ODataQuery } from './query.ts';

/** Rows of one answer; the reader is led on to the others. */
const PAGE = 2_000;
const HOUR = 3_600_000;
const EPOCH = { year: 1970, month: 1, day: 1 };

/** One answer of an entity set. */
export interface ODataPage {
  readonly rows: readonly BiRow[];
  /** Rows that match, without paging; when asked for. */
  readonly count: number | null;
  /** Rows that were told up to here, `null` when all were. */
  readonly next: number | null;
}

/**
 * One page of the rows that match, in the order asked for, and by time where that leaves rows alike.
 * @param told rows of earlier pages @param most rows of one answer as the reader wishes
 */
export async function pageOf(
  rows: AsyncIterable<readonly BiRow[]>,
  { filter, order, top, skip, count }: ODataQuery,
  told: number,
  most = PAGE,
): Promise<ODataPage> {
  const from = skip + told;
  const size = Math.max(0, Math.min(top === null ? PAGE : top - told, most, PAGE));
  const [found, kept]: [BiRow[], BiRow[]] = [[], []];
  let matched = 0;
  for await (const some of rows) {
    for (const row of some) {
      if (filter && !matches(row, filter)) continue;
      matched++;
      if (order.length > 0) found.push(row);
      else if (matched > from && kept.length < size) kept.push(row);
    }
    // One more than are told says whether there are others.
    if (order.length === 0 && !count && matched > from + size) break;
  }
  const page = order.length > 0 ? sorted(found, order).slice(from, from + size) : kept;
  const all = Math.max(0, Math.min(matched - skip, top ?? Infinity));
  const upTo = told + page.length;
  return { rows: page, count: count ? matched : null, next: upTo < all && page.length > 0 ? upTo : null };
}

/** Stable; null is below everything. */
function sorted(rows: readonly BiRow[], order: ODataQuery['order']): BiRow[] {
  const keyed = rows.map((row) => ({
    row,
    keys: order.map(({ column }) => comparable(row[column.name] ?? null, column.type)),
  }));
  keyed.sort((a, b) => {
    for (const [i, { down }] of order.entries()) {
      const [x = null, y = null] = [a.keys[i], b.keys[i]];
      if (x === y) continue;
      const less = x === null || (y !== null && x < y);
      return less === down ? 1 : -1;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

/** Opaque to its reader: rows that were told up to the next page. */
export function skipToken(told: number): string {
  return Buffer.from(`rows:${told}`).toString('base64url');
}

/** @throws Fault bad_field for one that is not ours */
export function readSkipToken(text: string | undefined): number {
  if (text === undefined) return 0;
  const told = /^rows:(\d{1,9})$/.exec(Buffer.from(text, 'base64url').toString())?.[1];
  if (told === undefined) throw new Fault('bad_field', '$skiptoken: is none of ours');
  return Number(told);
}

/** Buckets outside of which nothing can match, by what a filter says of time for certain. */
export function rangeOf(view: BiViewName, filter: Filter | null): BiRange {
  const range: { from: number | null; to: number | null } = { from: null, to: null };
  const [column, length] = BI_VIEWS[view].grain === 'hour' ? ['hour_start', HOUR] : ['day', 24 * HOUR];
  const narrow = (one: Filter): void => {
    if (one.is === 'and') one.of.forEach(narrow);
    if (one.is !== 'compare' || one.left.is !== 'column' || one.left.name !== column) return;
    const bucket = one.right.is === 'value' ? bucketOf(one.right.value, length) : null;
    if (bucket === null) return;
    const { by } = one;
    if (by === 'eq' || by === 'gt' || by === 'ge') range.from = Math.max(range.from ?? bucket, bucket);
    if (by === 'eq' || by === 'lt' || by === 'le') range.to = Math.min(range.to ?? bucket + 1, bucket + 1);
  };
  if (filter) narrow(filter);
  return range;
}

/** @param length of a bucket, ms: an instant falls into one */
function bucketOf(value: unknown, length: number): number | null {
  if (typeof value === 'number') return Math.floor(value / length);
  const day = typeof value === 'string' ? parseDay(value) : null;
  return day ? daysBetween(EPOCH, day) : null;
}
