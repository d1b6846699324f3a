import { addDays, dayAt, startOfDay } from '../local-day.ts';

/**
 * Starts (ms) of the days of a zone that `from` to `to` (exclusive) touch, and the end of the last
 * one. Days have 23, 24 or 25 hours where clocks change.
 */
export function dayEdges(from: number, to: number, zone: string): number[] {
  const edges: number[] = [];
  for (let day = dayAt(from, zone); ; day = addDays(day, 1)) {
    const start = startOfDay(day, zone);
    edges.push(start);
    if (start >= to) return edges;
  }
}

/** Index of the last edge that is not after an instant; −1 before the first. */
export function edgeBefore(edges: readonly number[], at: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
