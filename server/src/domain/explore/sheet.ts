import type { Bounds } from './joint.ts';
import type { Lines } from './lines.ts';

/** More than any table counts. */
export const MOST = 2 ** 32;

/**
 * A table of which not all is known, as equations: along each axis its cells add up to those of the table
 * without it. Only the open cells are looked at, those that may be more than is known of them.
 */
export class Sheet {
  /** The open cells, and what is known of them. */
  readonly #cells: Int32Array;
  readonly #low: Float64Array;
  readonly #high: Float64Array;
  /** By place of an axis and open cell: the cell of the smaller table. */
  readonly #parents: readonly Int32Array[];
  /** By place and cell of the smaller table: what the cells that are known add up to. */
  readonly #known: readonly Float64Array[];
  /** What all add up to at least and at most, along one axis at a time. */
  readonly #least: Float64Array;
  readonly #most: Float64Array;

  private constructor(lines: Lines, cells: Int32Array, high: Float64Array) {
    this.#cells = cells;
    this.#low = new Float64Array(cells.length);
    this.#high = high;
    this.#parents = lines.places.map((place) => cells.map((cell) => lines.parentOf(cell, place)));
    this.#known = lines.places.map((place) => {
      const [first, end] = lines.span(place);
      return new Float64Array(end - first);
    });
    const longest = Math.max(0, ...this.#known.map((sums) => sums.length));
    this.#least = new Float64Array(longest);
    this.#most = new Float64Array(longest);
  }

  /** A table some cells of which are told. @param bounds of its cells */
  static of(lines: Lines, { low, high }: Bounds): Sheet {
    const open: number[] = [];
    for (let cell = 0; cell < low.length; cell++) if (low[cell]! < high[cell]!) open.push(cell);
    const sheet = new Sheet(lines, Int32Array.from(open), new Float64Array(open.length));
    for (let cell = 0; cell < low.length; cell++)
      if (low[cell]! === high[cell]! && low[cell]! > 0)
        for (const place of lines.places) sheet.#known[place]![lines.parentOf(cell, place)]! += low[cell]!;
    sheet.read({ low, high });
    return sheet;
  }

  /** A table of which nothing is told but what it adds up to. @param above bounds of the smaller tables, by place */
  static hidden(lines: Lines, above: readonly Bounds[]): Sheet {
    const [open, highs]: [number[], number[]] = [[], []];
    // The last axis runs fastest: where its sum is nothing, so are all of the line.
    const last = lines.places.length - 1;
    const [sums, width] = [above[last]!.high, lines.widths[last]!];
    for (let line = 0; line < sums.length; line++) {
      if (sums[line] === 0) continue;
      for (let cell = line * width; cell < (line + 1) * width; cell++) {
        let most = sums[line]!;
        for (let place = 0; place < last && most > 0; place++)
          most = Math.min(most, above[place]!.high[lines.parentOf(cell, place)]!);
        if (most === 0) continue;
        open.push(cell);
        highs.push(most);
      }
    }
    return new Sheet(lines, Int32Array.from(open), Float64Array.from(highs));
  }

  /** How many cells are looked at. */
  get open(): number {
    return this.#cells.length;
  }

  /** What others found of its cells. */
  read({ low, high }: Bounds): void {
    this.#cells.forEach((cell, i) => {
      this.#low[i] = low[cell]!;
      this.#high[i] = high[cell]!;
    });
  }

  /** Tell others. */
  write({ low, high }: Bounds): void {
    this.#cells.forEach((cell, i) => {
      low[cell] = this.#low[i]!;
      high[cell] = this.#high[i]!;
    });
  }

  /** Look at every line once. @param above bounds of the smaller tables, narrowed in place @returns what moved */
  narrow(above: readonly Bounds[]): { readonly own: boolean; readonly above: readonly boolean[] } {
    let own = false;
    const moved = above.map((bounds, place) => {
      this.#add(place);
      const up = this.#narrowWhole(bounds);
      if (this.#narrowParts(place, bounds)) own = true;
      return up;
    });
    return { own, above: moved };
  }

  #add(place: number): void {
    const [low, high, least, most] = [this.#low, this.#high, this.#least, this.#most];
    const parents = this.#parents[place]!;
    least.set(this.#known[place]!);
    most.set(this.#known[place]!);
    for (let i = 0; i < parents.length; i++) {
      const parent = parents[i]!;
      least[parent]! += low[i]!;
      most[parent]! += high[i]!;
    }
  }

  #narrowWhole({ low, high }: Bounds): boolean {
    const [least, most] = [this.#least, this.#most];
    let moved = false;
    for (let parent = 0; parent < low.length; parent++) {
      if (least[parent]! > low[parent]!) {
        low[parent] = least[parent]!;
        moved = true;
      }
      if (most[parent]! < high[parent]!) {
        high[parent] = most[parent]!;
        moved = true;
      }
    }
    return moved;
  }

  #narrowParts(place: number, above: Bounds): boolean {
    const [low, high, least, most] = [this.#low, this.#high, this.#least, this.#most];
    const parents = this.#parents[place]!;
    let moved = false;
    for (let i = 0; i < parents.length; i++) {
      const parent = parents[i]!;
      // What is left for it when the others are as many, or as few, as they can be.
      const up = above.low[parent]! - (most[parent]! - high[i]!);
      const down = above.high[parent]! - (least[parent]! - low[i]!);
      if (up <= low[i]! && down >= high[i]!) continue;
      if (up > low[i]!) low[i] = up;
      if (down < high[i]!) high[i] = down;
      moved = true;
    }
    return moved;
  }
}
