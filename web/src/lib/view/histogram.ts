import type { Breakdowns, DefinitionId, Measure } from '@fanfare/contract';
import { toRows, type Row } from './rows.ts';

/**
 * Fans by weight, in powers of two and in this order: the key "4" holds weights from 4 to 7. A bin
 * that is not in the board holds nobody: those between two others are put back as zeros.
 */
export function histogramRows(breakdowns: Breakdowns, dimension: string, definition: DefinitionId): Row[] {
  const cells = Object.entries(breakdowns[dimension] ?? {}).flatMap(
    ([key, measures]): [number, Measure][] => {
      const measure: Measure | undefined = measures[definition];
      return measure ? [[Number(key), measure]] : [];
    },
  );
  cells.sort(([a], [b]) => a - b);
  const all = new Map(cells);
  const [first, last] = [cells[0], cells.at(-1)];
  if (!first || !last) return [];
  const filled: [string, Measure][] = [];
  for (let bin = first[0]; bin <= last[0]; bin *= 2) {
    filled.push([String(bin), all.get(bin) ?? nobody(first[1])]);
  }
  return toRows(filled, undefined);
}

/** The weights a bin holds. */
export function binOf(key: string): { readonly from: number; readonly to: number } {
  const from = Number(key);
  return { from, to: 2 * from - 1 };
}

function nobody({ suppressed: _, ...like }: Measure): Measure {
  return { ...like, value: 0, n: 0 };
}
