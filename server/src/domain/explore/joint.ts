import type { Plan } from './plan.ts';
import type { Counted } from './scan.ts';

/** Counts by some axes together, before release. */
export interface Joint {
  /** In the order of the numbers of its cells, the last one running fastest. */
  readonly axes: readonly number[];
  readonly widths: readonly number[];
  readonly count: Uint32Array;
  /** Distinct fans. */
  readonly people: Uint32Array;
}

/** What a reader can tell of each cell: no less than `low`, no more than `high`. */
export interface Bounds {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** A table, what is hidden of it, and what can be told of that all the same. */
export interface Masked extends Joint {
  readonly hidden: Uint8Array;
  readonly bounds: Bounds;
}

/** All tables of a question: the filtered axes in every run of them, each with and without a shown axis. */
export interface Joints {
  /** @param run of filters, a bit each @param shown place among the shown axes, −1 for none */
  of(run: number, shown: number): Joint;
}

/** The tables a pass has counted. */
export function jointsOf({ filters, shown, widths, parts, cells }: Plan, counted: Counted): Joints {
  const made = new Map<number, Joint>();
  const make = (run: number, s: number): Joint => {
    const part = parts[run]!;
    const own = filters.filter((_, i) => run & (1 << i)).map(({ axis }) => axis);
    const axes = s < 0 ? own : [...own, shown[s]!];
    const width = s < 0 ? 1 : widths[shown[s]!]!;
    const acts = s < 0 ? counted.acts : counted.actsBy[s]!;
    const count = new Uint32Array(part.cells * width);
    for (let cell = 0; cell < cells; cell++) {
      const [from, to] = [cell * width, part.of[cell]! * width];
      for (let slot = 0; slot < width; slot++) count[to + slot]! += acts[from + slot]!;
    }
    const people = s < 0 ? counted.people[run]!.cells : counted.people[run]!.by[s]!;
    return { axes, widths: axes.map((axis) => widths[axis]!), count, people };
  };
  return {
    of(run, s) {
      const name = run * 8 + s + 1;
      const known = made.get(name) ?? make(run, s);
      made.set(name, known);
      return known;
    },
  };
}

/** The cells of a table that differ on one axis alone, and the cell of the smaller table they add up to. */
export interface Line {
  /** Those that are not empty. */
  readonly cells: Uint32Array;
  /** Place of the axis. */
  readonly place: number;
  readonly parent: number;
}

/** The lines of a table that are not empty, and those that have to be looked at (again). */
export class Lines {
  readonly all: readonly Line[];
  readonly #widths: readonly number[];
  readonly #steps: readonly number[];
  /** By place and parent: the number of the line, −1 for an empty one. */
  readonly #numbers: readonly Int32Array[];

  constructor({ widths, count }: Pick<Joint, 'axes' | 'widths' | 'count'>) {
    this.#widths = widths;
    this.#steps = widths.map((_, i) => widths.slice(i + 1).reduce((all, one) => all * one, 1));
    const filled: number[] = [];
    for (let cell = 0; cell < count.length; cell++) if (count[cell]! > 0) filled.push(cell);
    const lines: Line[] = [];
    this.#numbers = widths.map((width, place) => {
      const ends = new Uint32Array(count.length / width + 1);
      for (const cell of filled) ends[this.#parentOf(cell, place) + 1]!++;
      const sizes = ends.slice(1);
      for (let i = 1; i < ends.length; i++) ends[i]! += ends[i - 1]!;
      const cells = new Uint32Array(filled.length);
      const next = ends.slice();
      for (const cell of filled) cells[next[this.#parentOf(cell, place)]!++] = cell;
      return Int32Array.from(sizes, (size, parent) =>
        size === 0
          ? -1
          : lines.push({ cells: cells.subarray(ends[parent], ends[parent + 1]), place, parent }) - 1,
      );
    });
    this.all = lines;
  }

  /** The number of the line of a cell along an axis, by its place. */
  of(cell: number, place: number): number {
    return this.#numbers[place]![this.#parentOf(cell, place)]!;
  }

  #parentOf(cell: number, place: number): number {
    const [step, width] = [this.#steps[place]!, this.#widths[place]!];
    return Math.floor(cell / (step * width)) * step + (cell % step);
  }
}
