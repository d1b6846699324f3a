import { isHidden } from '../release/hide.ts';
import { bits, type Joint, type Masked } from './joint.ts';
import type { Lines } from './lines.ts';

const NETWORK = 0;

/**
 * What is left of a table when the keys of one of its cells are left out: "not Facebook", or "not Facebook
 * and not comments". It follows from the cell and the sums around it, whose number must not be known then.
 */
export class Rests {
  readonly #joint: Joint;
  readonly #parents: readonly Joint[];
  readonly #k: number;
  readonly #lines: Lines;
  // Of one cell at a time, as there are many.
  readonly #some: Int32Array;
  readonly #enough: Int32Array;
  /** Counted when they are asked for: most tables have nothing to ask. */
  #found: { filled: Int32Array[]; large: Int32Array[]; places: CellPlaces } | null = null;

  /**
   * @param parents the same table without one axis each, by its place @param lines of the table
   * @param k people below which a number is hidden
   */
  constructor(joint: Joint, parents: readonly Joint[], lines: Lines, k: number) {
    this.#joint = joint;
    this.#parents = parents;
    this.#k = k;
    this.#lines = lines;
    this.#some = new Int32Array(2 ** joint.widths.length);
    this.#enough = new Int32Array(2 ** joint.widths.length);
  }

  /** Would the number of a cell tell of fewer than k people, by itself or by what is left without it? */
  isSecret(cell: number): boolean {
    const { count, people } = this.#joint;
    if (isHidden(people[cell]!, this.#k) || this.isAcrossFew(cell)) return true;
    return count[cell]! > 0 && this.#lines.places.some((place) => this.#isBesideFew(cell, place));
  }

  /**
   * Is what is left when two or more keys of a cell are left out at once about too few? Sure to be about
   * enough people is what has one cell that is.
   */
  isAcrossFew(cell: number): boolean {
    const size = this.#joint.widths.length;
    if (size < 2) return false;
    const { filled, large, places } = (this.#found ??= this.#count());
    const runs = filled.length;
    const [some, enough] = [this.#some, this.#enough];
    const at = places.of(cell);
    for (let run = 0; run < runs; run++) {
      some[run] = filled[run]![at[run]!]!;
      enough[run] = large[run]![at[run]!]!;
    }
    alone(some);
    alone(enough);
    for (let same = 0; same < runs; same++)
      if (some[same]! > 0 && enough[same] === 0 && size - bits(same) >= 2) return true;
    return false;
  }

  /** The other cells of a line, together: about too few? */
  #isBesideFew(cell: number, place: number): boolean {
    const { axes, count, people } = this.#joint;
    const parent = this.#lines.parentOf(cell, place);
    const [step, width] = [this.#lines.steps[place]!, this.#lines.widths[place]!];
    // A fan is on one network only, but can be in many cells of the other axes.
    let [sum, most, acts] = [0, 0, 0];
    for (let i = 0, other = this.#lines.firstOf(place, parent); i < width; i++, other += step) {
      if (other === cell) continue;
      acts += count[other]!;
      sum += people[other]!;
      most = Math.max(most, people[other]!);
    }
    if (acts === 0) return false;
    const least = Math.max(most, this.#parents[place]!.people[parent]! - people[cell]!);
    return (axes[place] === NETWORK ? sum : least) < this.#k;
  }

  /** By run of axes: how many cells there are with the same keys on those, and how many of them are large. */
  #count(): { filled: Int32Array[]; large: Int32Array[]; places: CellPlaces } {
    const { widths, count, people } = this.#joint;
    const places = new CellPlaces(widths);
    const filled = places.sizes.map((cells) => new Int32Array(cells));
    const large = places.sizes.map((cells) => new Int32Array(cells));
    for (let cell = 0; cell < count.length; cell++) {
      if (count[cell] === 0) continue;
      const at = places.of(cell);
      const isLarge = people[cell]! >= this.#k;
      for (let run = 0; run < filled.length; run++) {
        filled[run]![at[run]!]!++;
        if (isLarge) large[run]![at[run]!]!++;
      }
    }
    return { filled, large, places };
  }
}

/**
 * Hide each cell whose opposite, with two keys or more left out, is about too few: an empty cell as well,
 * unless it is hidden with a cell of fewer axes.
 */
export function hideRests(
  { widths, count, people }: Joint,
  parents: readonly Masked[],
  lines: Lines,
  rests: Rests,
  hidden: Uint8Array,
  k: number,
): void {
  // Where every cell is about enough people, any rest that is not empty is.
  if (widths.length < 2 || !count.some((acts, cell) => acts > 0 && people[cell]! < k)) return;
  for (let cell = 0; cell < count.length; cell++) {
    if (hidden[cell] || lines.isInside(cell, parents)) continue;
    if (rests.isAcrossFew(cell)) hidden[cell] = 1;
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
