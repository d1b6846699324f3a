import type { Board, HiddenCells, Snapshot } from '@fanfare/contract';

/** A snapshot as the board it was, for what draws boards. */
export function boardOf(snapshot: Snapshot): Board {
  const { audience, epoch, seq, asOf, k, measures, breakdowns, series, top } = snapshot;
  const { brand, window } = snapshot;
  return {
    ...{ type: 'board', brand: brand.slug, window: window.name, audience, epoch, seq, asOf, k },
    ...{ demonstration: brand.demonstration, measures, breakdowns, series, top },
  };
}

/** Number of hidden cells of the tables and measures, and of hidden buckets. */
export function countHidden({ measures, breakdowns, series }: HiddenCells): {
  cells: number;
  buckets: number;
} {
  const cells = Object.values(breakdowns).reduce((sum, keys) => sum + keys.length, measures.length);
  const runs = Object.values(series) as readonly (readonly (readonly [number, number])[])[];
  return { cells, buckets: runs.flat().reduce((sum, [first, last]) => sum + last - first + 1, 0) };
}
