import { engagements, reactions } from './engagements.ts';
import type { RawCell, RawMeasure } from './raw.ts';
import { activeReach } from './reach.ts';
import type { BrandWindows } from './windows/brand-windows.ts';
import { DIM } from './windows/cells.ts';
import { W } from './windows/shape.ts';

/** One key of a dimension in window w, `null` when nothing of it is in the window. */
export function readCell({ cells }: BrandWindows, w: number, cell: number, key: string): RawCell | null {
  const count = cells.engagements[cell * W + w]!;
  if (count === 0) return null;
  const fans = cells.fans[cell * W + w]!;
  const measures: RawMeasure[] =
    cells.dim(cell) === DIM.reaction
      ? [reactions(count, fans)]
      : [engagements(count, fans), activeReach(fans)];
  return { key, people: fans, measures };
}

/** The largest first, by name where they are equal. */
export function bySize(a: RawCell, b: RawCell): number {
  return b.measures[0]!.value! - a.measures[0]!.value! || (a.key < b.key ? -1 : 1);
}
