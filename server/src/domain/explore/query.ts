import {
  EXPLORE_COMPARISONS,
  EXPLORE_DAYS,
  EXPLORE_DIMENSIONS,
  KINDS,
  MOST_FILTERS,
  NETWORKS,
  type ExploreComparison,
  type ExploreDimension,
  type ExploreFilter,
} from '@fanfare/contract';
import { Fault } from '../fault.ts';
import { addDays, dayAt, parseDay, startOfDay, type Day } from '../local-day.ts';
import { keptSince } from '../retention.ts';

/** Days of the brand's zone, and what is looked at of them. */
export interface ExploreQuery {
  readonly last: Day;
  readonly days: number;
  readonly against: ExploreComparison;
  readonly filters: readonly ExploreFilter[];
  readonly zone: string;
}

/** Characters of a key at most. */
const LONGEST_KEY = 256;
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour));
const KNOWN: Partial<Record<ExploreDimension, readonly string[]>> = {
  ...{ network: NETWORKS, kind: KINDS, hour: HOURS },
};

/**
 * Read the query of an address: `days`, `until` (the last day), `with`, and for each dimension
 * `only.kind=share` or `not.kind=view`. A key is written as in an address, and nothing as `~`.
 * @param now milliseconds @throws Fault bad_field naming what is wrong
 */
export function readExploreQuery(
  given: Readonly<Record<string, unknown>>,
  now: number,
  zone: string,
): ExploreQuery {
  const days = EXPLORE_DAYS.find((one) => String(one) === (given['days'] ?? '28'));
  if (days === undefined) throw new Fault('bad_field', `days: is one of ${EXPLORE_DAYS.join(', ')}`);
  const against = EXPLORE_COMPARISONS.find((one) => one === (given['with'] ?? 'none'));
  if (!against) throw new Fault('bad_field', `with: is one of ${EXPLORE_COMPARISONS.join(', ')}`);
  const asked = given['until'];
  const last = asked === undefined ? dayAt(now, zone) : typeof asked === 'string' ? parseDay(asked) : null;
  if (last === null || startOfDay(last, zone) > now)
    throw new Fault('bad_field', 'until: is a day that has begun, as 2026-11-22');
  if (!isKept(last, days, now, zone)) throw new Fault('bad_field', 'until: no more than 13 months are kept');
  const filters = EXPLORE_DIMENSIONS.flatMap((by) => [
    ...filterOf(given[`only.${by}`], by, false),
    ...filterOf(given[`not.${by}`], by, true),
  ]);
  const twice = filters.find(({ by, not }) => not && filters.some((one) => one.by === by && !one.not));
  if (twice) throw new Fault('bad_field', `not.${twice.by}: one filter a dimension`);
  if (filters.length > MOST_FILTERS)
    throw new Fault(
      'bad_field',
      `${nameOf(filters[MOST_FILTERS]!)}: at most ${MOST_FILTERS} filters at once`,
    );
  return { last, days, against, filters, zone };
}

/** Does the ledger keep all days of a period? */
export function isKept(last: Day, days: number, now: number, zone: string): boolean {
  return startOfDay(addDays(last, 1 - days), zone) >= keptSince('engagement', now);
}

function nameOf({ by, not }: ExploreFilter): string {
  return `${not ? 'not' : 'only'}.${by}`;
}

function filterOf(given: unknown, by: ExploreDimension, not: boolean): ExploreFilter[] {
  if (given === undefined) return [];
  const name = nameOf({ by, not, key: '' });
  if (typeof given !== 'string' || given === '' || given.length > 3 * LONGEST_KEY)
    throw new Fault('bad_field', `${name}: is one key`);
  const key = given === '~' ? '' : decoded(given, name);
  const known = KNOWN[by];
  if (known && !known.includes(key)) throw new Fault('bad_field', `${name}: is one of ${known.join(', ')}`);
  return [{ by, key, not }];
}

function decoded(key: string, name: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    throw new Fault('bad_field', `${name}: is written as in an address`);
  }
}
