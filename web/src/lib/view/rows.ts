import type { Breakdowns, DefinitionId, Measure, TopObject } from '@fanfare/contract';
import { readingOf } from './reading.ts';

/** One line of a table with bars. */
export interface Row {
  readonly key: string;
  readonly measure: Measure;
  /** Length of the bar, 0–1 of the longest. */
  readonly length: number;
  /** Share of all that is shown, 0–1; `null` when hidden or unknown. */
  readonly share: number | null;
}

type Cell = readonly [key: string, measure: Measure];

/** Lines of one dimension, largest first, hidden ones last; `total` (when known) is what shares are of. */
export function rowsOf(
  breakdowns: Breakdowns,
  dimension: string,
  definition: DefinitionId,
  total: Measure | undefined,
): Row[] {
  const cells = Object.entries(breakdowns[dimension] ?? {}).flatMap(([key, measures]): Cell[] => {
    const measure = measures[definition];
    return measure ? [[key, measure]] : [];
  });
  return bySize(toRows(cells, total));
}

/** Lines of the objects most engaged with, in the order given, at most `most`. */
export function topRows(objects: readonly TopObject[], definition: DefinitionId, most: number): Row[] {
  const cells = objects.slice(0, most).flatMap((object): Cell[] => {
    const measure: Measure | undefined = object[definition];
    return measure ? [[object.object, measure]] : [];
  });
  return bySize(toRows(cells, undefined));
}

/** Lines in the order given, each measured against the longest. */
export function toRows(cells: readonly Cell[], total: Measure | undefined): Row[] {
  const longest = Math.max(0, ...cells.map(([, measure]) => valueOf(measure) ?? 0));
  const all = total ? valueOf(total) : null;
  return cells.map(([key, measure]) => {
    const value = valueOf(measure);
    return {
      key,
      measure,
      length: value === null || longest === 0 ? 0 : value / longest,
      share: value === null || all === null || all === 0 ? null : value / all,
    };
  });
}

function bySize(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => (valueOf(b.measure) ?? -1) - (valueOf(a.measure) ?? -1));
}

function valueOf(measure: Measure): number | null {
  const reading = readingOf(measure);
  return reading.state === 'value' ? reading.value : null;
}
