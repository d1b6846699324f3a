import { bare, type Measure, type Measures } from '@fanfare/contract';
import type { RawCell, RawMeasure } from '../raw.ts';
import { hiddenCells, type Around } from './hide.ts';
import { releaseMeasure } from './measure.ts';

/** What becomes of one cell's measure after the rules of hiding: rounded for some readers. */
export type Finish = (measure: Measure, raw: RawMeasure, key: string) => Measure;

/**
 * Release one table with a known total, by key: cells about too few people are hidden, and as many
 * of the next smallest as keep them from subtraction. Hidden keys come last, by name: their place
 * among the shown ones would bound them. A table of which nothing may be told is empty.
 * @param asOf instant of the values, RFC 3339 @param k people below which a cell is hidden
 */
export function releaseTable(
  cells: readonly RawCell[],
  k: number,
  asOf: string,
  around: Around = {},
  finish: Finish = (measure) => measure,
): Record<string, Measures> {
  const hidden = hiddenOf(cells, k, around);
  const table = bare<Measures>();
  if (k > 1 && hidden.every(Boolean) && areScarce(cells, around)) return table;
  const last: RawCell[] = [];
  cells.forEach((cell, i) => {
    if (hidden[i]) last.push(cell);
    else
      table[cell.key] = byDefinition(cell, (raw) => finish(releaseMeasure(raw, asOf, false), raw, cell.key));
  });
  last.sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const cell of last) table[cell.key] = byDefinition(cell, (raw) => releaseMeasure(raw, asOf, true));
  return table;
}

/**
 * With as many acts as keys, to list the keys, even without numbers, would be to say one of each;
 * up to twice as many are treated alike, so that an empty table does not say that either.
 */
function areScarce(cells: readonly RawCell[], { rest }: Around): boolean {
  const count = cells.reduce((sum, cell) => sum + (cell.measures[0]?.value ?? cell.people), 0);
  return count <= 2 * cells.length && !rest?.count;
}

/** The mask of a table: what adds up is the first measure of its cells. */
export function hiddenOf(cells: readonly RawCell[], k: number, around: Around): boolean[] {
  return hiddenCells(
    cells.map((cell) => cell.people),
    k,
    { counts: cells.map((cell) => cell.measures[0]?.value ?? cell.people), ...around },
  );
}

/** Measures of a cell by definition. */
export function byDefinition(cell: RawCell, letGo: (raw: RawMeasure) => Measure): Measures {
  return Object.fromEntries(cell.measures.map((raw) => [raw.definition, letGo(raw)]));
}
