import {
  EXPLORE_COMPARISONS,
  EXPLORE_DAYS,
  EXPLORE_DIMENSIONS,
  MOST_FILTERS,
  type ExploreComparison,
  type ExploreDimension,
  type ExploreFilter,
} from '@fanfare/contract';

/** What the address of Explore says. */
export interface ExploreView {
  readonly days: (typeof EXPLORE_DAYS)[number];
  /** The last day, as `2026-11-22`; `null`: today. */
  readonly until: string | null;
  readonly against: ExploreComparison;
  readonly filters: readonly ExploreFilter[];
}

/** Read the address; what it does not say is as at first. Wrong filters are left to the server. */
export function viewOf(search: { get(name: string): string | null }): ExploreView {
  const days = Number(search.get('days'));
  const filters = EXPLORE_DIMENSIONS.flatMap((by) =>
    [false, true].flatMap((not): ExploreFilter[] => {
      const key = search.get(nameOf(by, not));
      return key === null || key === '' ? [] : [{ by, key: decoded(key), not }];
    }),
  );
  return {
    days: EXPLORE_DAYS.find((one) => one === days) ?? 28,
    until: search.get('until') || null,
    against: EXPLORE_COMPARISONS.find((one) => one === search.get('with')) ?? 'none',
    filters,
  };
}

/** The address of a view, from its question mark; the same for the page and the API. */
export function queryOf({ days, until, against, filters }: ExploreView): string {
  const search = new URLSearchParams({ days: String(days) });
  if (until !== null) search.set('until', until);
  if (against !== 'none') search.set('with', against);
  for (const { by, key, not } of filters) search.set(nameOf(by, not), encoded(key));
  return `?${search}`;
}

/**
 * The view with one key looked at alone, or left out (`not`), in place of another filter of that
 * dimension; without it when it is so already. `null` when there are as many filters as may be.
 */
export function toggled(
  view: ExploreView,
  by: ExploreDimension,
  key: string,
  not: boolean,
): ExploreView | null {
  const own = view.filters.find((filter) => filter.by === by);
  const others = without(view, by);
  if (own?.key === key && own.not === not) return others;
  if (others.filters.length >= MOST_FILTERS) return null;
  const order = (one: ExploreFilter) => EXPLORE_DIMENSIONS.indexOf(one.by);
  const filters = [...others.filters, { by, key, not }].sort((a, b) => order(a) - order(b));
  return { ...view, filters };
}

/** The view without the filter of a dimension. */
export function without(view: ExploreView, by: ExploreDimension): ExploreView {
  return { ...view, filters: view.filters.filter((filter) => filter.by !== by) };
}

const nameOf = (by: ExploreDimension, not: boolean): string => `${not ? 'not' : 'only'}.${by}`;

/** A key as in an address; the empty one as `~`, which no other is written as. */
const encoded = (key: string): string => (key === '' ? '~' : encodeURIComponent(key).replaceAll('~', '%7E'));

function decoded(key: string): string {
  if (key === '~') return '';
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}
