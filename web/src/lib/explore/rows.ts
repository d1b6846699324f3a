import type { ExploreRow, Measure, Measures } from '@fanfare/contract';

/** Engagements of a cell; `null` when hidden. */
export const countOf = (measures: Measures | undefined): number | null =>
  measures?.['engagements@1']?.value ?? null;

/** Length of a bar, 0 to 1 of the longest. */
export function lengthOf(measures: Measures, all: readonly { readonly measures: Measures }[]): number {
  const most = Math.max(1, ...all.map((one) => countOf(one.measures) ?? 0));
  return (countOf(measures) ?? 0) / most;
}

/** Hours in the order of the day; everything else as the server has it, the largest first. */
export function inOrder(by: string, rows: readonly ExploreRow[]): readonly ExploreRow[] {
  return by === 'hour' ? [...rows].sort((a, b) => Number(a.key) - Number(b.key)) : rows;
}

/** How much more (0.2: a fifth) or less than before; `null` where either is not told, or was nothing. */
export function growth(now: Measure | undefined, before: Measure | undefined): number | null {
  if (now?.value == null || before?.value == null || before.value === 0) return null;
  return now.value / before.value - 1;
}
