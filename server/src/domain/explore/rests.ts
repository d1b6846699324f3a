import type { Joint } from './joint.ts';

/**
 * Hide each cell whose opposite is about too few: what is left when two or more of its keys are left
 * out at once ("not Facebook and not comments") follows from the cell and the sums around it. Sure to
 * be about enough people is what has one cell that is.
 */
export function hideRests({ widths, count, people }: Joint, hidden: Uint8Array, k: number): void {
  const size = widths.length;
  if (size < 2 || !count.some((acts, cell) => acts > 0 && hidden[cell] === 0)) return;
  const runs = 2 ** size;
  const strides = widths.map((_, i) => widths.slice(i + 1).reduce((all, one) => all * one, 1));
  /** By run of axes: what one step on each adds to the number of a cell of those alone. */
  const steps = Array.from({ length: runs }, (_, run) => {
    let step = 1;
    const own = widths.map(() => 0);
    for (let i = size - 1; i >= 0; i--) {
      if (!(run & (1 << i))) continue;
      own[i] = step;
      step *= widths[i]!;
    }
    return { own, cells: step };
  });
  const filled = steps.map(({ cells }) => new Int32Array(cells));
  const large = steps.map(({ cells }) => new Int32Array(cells));
  const keys = new Int32Array(size);
  const placeOf = (run: number): number => {
    let place = 0;
    for (let i = 0; i < size; i++) place += keys[i]! * steps[run]!.own[i]!;
    return place;
  };
  const read = (cell: number): void => {
    for (let i = 0; i < size; i++) keys[i] = Math.floor(cell / strides[i]!) % widths[i]!;
  };
  for (let cell = 0; cell < count.length; cell++) {
    if (count[cell] === 0) continue;
    read(cell);
    for (let run = 0; run < runs; run++) {
      const place = placeOf(run);
      filled[run]![place]!++;
      if (people[cell]! >= k) large[run]![place]!++;
    }
  }
  const places = new Int32Array(runs);
  for (let cell = 0; cell < count.length; cell++) {
    if (count[cell] === 0 || hidden[cell]) continue;
    read(cell);
    for (let run = 0; run < runs; run++) places[run] = placeOf(run);
    for (let not = 0; not < runs; not++) {
      if (bits(not) < 2) continue;
      if (outside(filled, places, runs - 1, not) > 0 && outside(large, places, runs - 1, not) === 0)
        hidden[cell] = 1;
    }
  }
}

/** How many cells have other keys on the axes of `not`, and the same on the others. */
function outside(of: readonly Int32Array[], places: Int32Array, all: number, not: number): number {
  let sum = 0;
  for (let part = not; ; part = (part - 1) & not) {
    const run = (all & ~not) | part;
    sum += (bits(part) % 2 === 0 ? 1 : -1) * of[run]![places[run]!]!;
    if (part === 0) return sum;
  }
}

function bits(run: number): number {
  let count = 0;
  for (let rest = run; rest > 0; rest &= rest - 1) count++;
  return count;
}
