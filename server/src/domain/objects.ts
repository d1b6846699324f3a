import { bySize, readCell } from './cell.ts';
import { MOST_FANS } from './hindex.ts';
import type { RawCell } from './raw.ts';
import type { BrandWindows } from './windows/brand-windows.ts';
import { DIM } from './windows/cells.ts';
import { W } from './windows/shape.ts';

/** Objects shown. */
const MOST_OBJECTS = 10;

/** The objects of one window: the largest, and how many have how many fans. */
export interface Objects {
  readonly top: readonly RawCell[];
  /** Objects that might be listed were left out. */
  readonly more: boolean;
  /** Objects by distinct fans, index 0 to MOST_FANS (which stands for "or more"). */
  readonly byFans: Uint32Array;
}

/**
 * One pass over all cells, a few integer comparisons each: a million objects cost a few ms.
 * @param people objects with fewer fans are not listed (the threshold k)
 */
export function readObjects(counts: BrandWindows, w: number, people: number): Objects {
  const { cells } = counts;
  const byFans = new Uint32Array(MOST_FANS + 1);
  let least = 1;
  let more = false;
  let best: RawCell[] = [];
  for (let cell = 0; cell < cells.length; cell++) {
    const count = cells.engagements[cell * W + w]!;
    if (count === 0 || cells.dim(cell) !== DIM.object) continue;
    const fans = cells.fans[cell * W + w]!;
    byFans[Math.min(fans, MOST_FANS)]! += 1;
    if (fans < people) continue;
    more ||= count < least;
    if (count < least) continue;
    best.push(readCell(counts, w, cell, cells.name(cell)!)!);
    if (best.length < MOST_OBJECTS * 2) continue;
    best = best.sort(bySize).slice(0, MOST_OBJECTS);
    least = best.at(-1)!.measures[0]!.value!;
    more = true;
  }
  return { top: best.sort(bySize).slice(0, MOST_OBJECTS), more: best.length > MOST_OBJECTS || more, byFans };
}
