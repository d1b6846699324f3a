import { bits, type Joint } from './joint.ts';

/**
 * Hide each cell whose opposite is about too few: what is left when two or more of its keys are left
 * out at once ("not Facebook and not comments") follows from the cell and the sums around it. Sure to
 * be about enough people is what has one cell that is.
 */
export function hideRests({ widths, count, people }: Joint, hidden: Uint8Array, k: number): void {
  const size = widths.length;
  // Where every cell is about enough people, any rest that is not empty is.
  if (size < 2 || !count.some((acts, cell) => acts > 0 && people[cell]! < k)) return;
  if (!count.some((acts, cell) => acts > 0 && hidden[cell] === 0)) return;
  const runs = 2 ** size;
  const places = new CellPlaces(widths);
  // By run of axes: how many cells there are with the same keys on those, and how many of them are large.
  const filled = places.sizes.map((cells) => new Int32Array(cells));
  const large = places.sizes.map((cells) => new Int32Array(cells));
  for (let cell = 0; cell < count.length; cell++) {
    if (count[cell] === 0) continue;
    const at = places.of(cell);
    const isLarge = people[cell]! >= k;
    for (let run = 0; run < runs; run++) {
      filled[run]![at[run]!]!++;
      if (isLarge) large[run]![at[run]!]!++;
    }
  }
  const [some, enough] = [new Int32Array(runs), new Int32Array(runs)];
  for (let cell = 0; cell < count.length; cell++) {
    if (count[cell] === 0 || hidden[cell]) continue;
    const at = places.of(cell);
    for (let run = 0; run < runs; run++) {
      some[run] = filled[run]![at[run]!]!;
      enough[run] = large[run]![at[run]!]!;
    }
    alone(some);
    alone(enough);
    for (let same = 0; same < runs; same++)
      if (some[same]! > 0 && enough[same] === 0 && size - bits(same) >= 2) hidden[cell] = 1;
  }
}

/** From "the same on these axes, at least" to "on these alone". */
function alone(counts: Int32Array): void {
  for (let bit = 1; bit < counts.length; bit <<= 1)
    for (let run = 0; run < counts.length; run++) if (!(run & bit)) counts[run]! -= counts[run | bit]!;
}

/** Where a cell is in the tables of every run of its axes. */
class CellPlaces {
  /** By run: how many cells there are. */
  readonly sizes: readonly number[];
  readonly #widths: readonly number[];
  readonly #places: Int32Array;

  constructor(widths: readonly number[]) {
    this.#widths = widths;
    this.sizes = Array.from({ length: 2 ** widths.length }, (_, run) =>
      widths.reduce((all, width, i) => (run & (1 << i) ? all * width : all), 1),
    );
    this.#places = new Int32Array(this.sizes.length);
  }

  /** By run; good until the next call. */
  of(cell: number): Int32Array {
    const [widths, places] = [this.#widths, this.#places];
    places[0] = 0;
    let rest = cell;
    // The last axis runs fastest: what is below it is known when it is added.
    for (let i = widths.length - 1, bit = 1 << i; i >= 0; i--, bit >>= 1) {
      const width = widths[i]!;
      const slot = rest % width;
      rest = (rest - slot) / width;
      // Runs of the axes after this one, with it.
      for (let run = bit; run < places.length; run += 2 * bit)
        places[run] = slot * this.sizes[run - bit]! + places[run - bit]!;
    }
    return places;
  }
}
