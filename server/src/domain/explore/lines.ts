import type { Joint } from './joint.ts';

/**
 * The lines of a table: the cells that differ on one axis alone, which add up to one cell of the table
 * without that axis, their parent. A line has one number; a cell is in one line along each axis.
 */
export class Lines {
  /** Places of the axes. */
  readonly places: readonly number[];
  readonly size: number;
  /** By place: slots, and what one slot adds to the number of a cell. */
  readonly widths: readonly number[];
  readonly steps: readonly number[];
  readonly #offsets: readonly number[];

  constructor({ widths }: Pick<Joint, 'widths'>) {
    const cells = widths.reduce((all, one) => all * one, 1);
    this.places = widths.map((_, i) => i);
    this.widths = widths;
    this.steps = widths.map((_, i) => widths.slice(i + 1).reduce((all, one) => all * one, 1));
    let size = 0;
    this.#offsets = widths.map((width) => {
      size += cells / width;
      return size - cells / width;
    });
    this.size = size;
  }

  /** The line of a cell along an axis, by its place. */
  of(cell: number, place: number): number {
    return this.#offsets[place]! + this.parentOf(cell, place);
  }

  /** The cell of the smaller table that the line of a cell adds up to. */
  parentOf(cell: number, place: number): number {
    const [step, width] = [this.steps[place]!, this.widths[place]!];
    return ((cell / (step * width)) | 0) * step + (cell % step);
  }

  /** Is a cell in a hidden one of the tables without one axis each, by its place? */
  isInside(cell: number, parents: readonly { readonly hidden: Uint8Array }[]): boolean {
    return this.places.some((place) => parents[place]!.hidden[this.parentOf(cell, place)] === 1);
  }

  /** First and last line along an axis (the last not included): number less first is the parent. */
  span(place: number): readonly [first: number, end: number] {
    return [this.#offsets[place]!, this.#offsets[place + 1] ?? this.size];
  }

  /** The cells of a line, in their order. */
  cellsOf(place: number, parent: number): number[] {
    const [first, step] = [this.firstOf(place, parent), this.steps[place]!];
    return Array.from({ length: this.widths[place]! }, (_, i) => first + i * step);
  }

  /** The first cell of a line; the others follow at the step of its axis. */
  firstOf(place: number, parent: number): number {
    const step = this.steps[place]!;
    return Math.floor(parent / step) * step * this.widths[place]! + (parent % step);
  }
}
