import {
  EXPLORE_DIMENSIONS,
  formatInstant,
  type Exploration,
  type ExplorePeriod,
  type ExploreRow,
  type Measures,
} from '@fanfare/contract';
import { engagements } from '../engagements.ts';
import { addDays, formatDay } from '../local-day.ts';
import { activeReach } from '../reach.ts';
import { releaseMeasure } from '../release/measure.ts';
import type { Told, ToldPeriod } from './ask.ts';
import { periodOf, type Period } from './period.ts';
import { isKept, type ExploreQuery } from './query.ts';

/** The periods of a question: its own, and the one compared with, `null` where the ledger has let it go. */
export function periodsOf(
  { last, days, against, zone }: ExploreQuery,
  now: number,
): { readonly own: Period; readonly before: Period | null } {
  const end = addDays(last, against === 'week' ? -7 : -days);
  const compared = against !== 'none' && isKept(end, days, now, zone);
  return { own: periodOf(last, days, zone), before: compared ? periodOf(end, days, zone) : null };
}

/** The answer as it leaves. @param asOf RFC 3339 @param now milliseconds */
export function explorationOf(
  brand: { readonly slug: string; readonly k: number },
  query: ExploreQuery,
  now: number,
  told: { readonly own: ToldPeriod; readonly before: ToldPeriod | null },
): Exploration {
  const asOf = formatInstant(now);
  const { own, before } = periodsOf(query, now);
  const earlier = told.before;
  const rowsOf = (axis: number): ExploreRow[] =>
    told.own.tables[axis]!.map(({ key, ...one }) => {
      const same = earlier?.tables[axis]!.find((row) => row.key === key);
      return { key, measures: measuresOf(one, asOf), ...(same ? { before: measuresOf(same, asOf) } : {}) };
    }).sort(bySize);
  const time = EXPLORE_DIMENSIONS.length;
  const stepOf = (from: ToldPeriod | null, start: number | undefined) =>
    from && start !== undefined ? stepIn(from, time, start) : null;
  return {
    ...{ brand: brand.slug, audience: 'team', k: brand.k, timeZone: query.zone, asOf, days: query.days },
    period: wordsOf(own),
    before: earlier && before ? wordsOf(before) : null,
    filters: query.filters,
    total: {
      measures: measuresOf(told.own.total, asOf),
      ...(earlier ? { before: measuresOf(earlier.total, asOf) } : {}),
    },
    tables: {
      ...{ network: rowsOf(0), kind: rowsOf(1), campaign: rowsOf(2), language: rowsOf(3), hour: rowsOf(4) },
    },
    series: own.steps
      .map((from, i) => ({ from, then: before?.steps[i] }))
      .filter(({ from }) => from <= now)
      .map(({ from, then }) => {
        const old = stepOf(earlier, then);
        return {
          from: formatInstant(from),
          measures: measuresOf(stepIn(told.own, time, from), asOf),
          ...(old ? { before: measuresOf(old, asOf) } : {}),
        };
      }),
  };
}

/** A step of time that is not listed holds nothing, unless all is hidden. */
function stepIn({ total, tables }: ToldPeriod, time: number, start: number): Told {
  const found = tables[time]!.find(({ key }) => key === String(start));
  if (found) return found;
  const all = tables[time]!.length > 0 || total.engagements === 0;
  return all ? { engagements: 0, fans: 0 } : { engagements: null, fans: null };
}

/** Largest first, hidden ones last by name, the rest of all at the end. */
function bySize(a: ExploreRow, b: ExploreRow): number {
  if (a.key === null || b.key === null) return a.key === null ? 1 : -1;
  const size = ({ measures }: ExploreRow) => measures['engagements@1']!.value ?? -1;
  return size(b) - size(a) || (a.key < b.key ? -1 : 1);
}

function measuresOf({ engagements: count, fans }: Told, asOf: string): Measures {
  const hidden = count === null;
  const reach = activeReach(fans ?? 0);
  return {
    'engagements@1': releaseMeasure({ ...engagements(count ?? 0, fans ?? 0), people: fans }, asOf, hidden),
    'reach.active@1':
      fans === null && !hidden
        ? releaseMeasure({ ...reach, kind: 'unavailable', value: null, people: null }, asOf, false)
        : releaseMeasure(reach, asOf, hidden),
  };
}

function wordsOf({ first, last, edges }: Period): ExplorePeriod {
  return {
    ...{ first: formatDay(first), last: formatDay(last) },
    ...{ from: formatInstant(edges[0]!), to: formatInstant(edges.at(-1)!) },
  };
}
