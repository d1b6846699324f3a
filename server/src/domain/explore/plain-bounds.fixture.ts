import type { Bounds, Joint, Masked } from './joint.ts';
import { MOST } from './sheet.ts';

// The plain way to put sums together: what the quick one is compared with.

/** Cells of which nothing but the sum is told. */
interface OpenLine {
  readonly cells: readonly number[];
  /** What the cells that are told add up to. */
  readonly told: number;
  /** Place of the axis, and number of the cell they all add up to. */
  readonly place: number;
  readonly parent: number;
}

/**
 * Put the sums together as a reader could who has every table of these axes and of fewer.
 * @param parents the tables without one axis each, by its place
 * @returns bounds of the cells, and of the parents' by what is told of this table
 */
export function plainBounds(
  table: Omit<Masked, 'bounds' | 'isSecret'>,
  parents: readonly Masked[],
): { readonly own: Bounds; readonly parents: readonly Bounds[] } {
  const { count, hidden } = table;
  // Of all cells: an empty one can be hidden too.
  const lines = new PlainLines({ ...table, count: count.map(() => 1) });
  const own = { low: Float64Array.from(count), high: Float64Array.from(count) };
  const mayBeEmpty = new Set<number>();
  for (const { cells, place, parent } of lines.all)
    if (parents[place]!.hidden[parent] || isBlank([...cells], table))
      for (const cell of cells) mayBeEmpty.add(cell);
  hidden.forEach((is, cell) => {
    if (!is) return;
    const isFilled = hidden.includes(0) && count[cell]! > 0 && !mayBeEmpty.has(cell);
    [own.low[cell], own.high[cell]] = [isFilled ? 1 : 0, MOST];
  });
  const above = parents.map(({ bounds }) => ({ low: bounds.low.slice(), high: bounds.high.slice() }));
  const open = openLines(table, lines);
  // A line is put together again when another one has told something of a cell in it.
  const waits = Uint8Array.from(lines.all, (_, number) => (open[number] ? 1 : 0));
  for (let moved = true; moved;) {
    moved = false;
    for (let number = 0; number < waits.length; number++) {
      if (waits[number] === 0) continue;
      waits[number] = 0;
      const line = open[number]!;
      narrow(line, own, above[line.place]!, (cell) => {
        moved = true;
        for (let place = 0; place < table.widths.length; place++) waits[lines.of(cell, place)] = 1;
      });
    }
  }
  return { own, parents: above };
}

/** Is all of a line hidden, though something of it is empty? */
const isBlank = (cells: readonly number[], { count, hidden }: Pick<Masked, 'count' | 'hidden'>): boolean =>
  cells.every((cell) => hidden[cell]) && cells.some((cell) => count[cell] === 0);

function openLines(
  { count, hidden }: Pick<Masked, 'count' | 'hidden'>,
  lines: PlainLines,
): (OpenLine | null)[] {
  return lines.all.map(({ cells, place, parent }) => {
    let told = 0;
    const unknown: number[] = [];
    for (const cell of cells) {
      if (hidden[cell]) unknown.push(cell);
      else told += count[cell]!;
    }
    return unknown.length > 0 ? { cells: unknown, told, place, parent } : null;
  });
}

function narrow(
  { cells, told, parent }: OpenLine,
  own: Bounds,
  above: Bounds,
  onMove: (cell: number) => void,
): void {
  const { low, high } = own;
  let [least, most] = [0, 0];
  for (const cell of cells) {
    least += low[cell]!;
    most += high[cell]!;
  }
  if (told + least > above.low[parent]!) above.low[parent] = told + least;
  if (told + most < above.high[parent]!) above.high[parent] = told + most;
  const [floor, top] = [above.low[parent]! - told, above.high[parent]! - told];
  for (const cell of cells) {
    const [from, to] = [low[cell]!, high[cell]!];
    const [up, down] = [floor - (most - to), top - (least - from)];
    if (up <= from && down >= to) continue;
    if (up > from) low[cell] = up;
    if (down < to) high[cell] = down;
    onMove(cell);
  }
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
export class PlainLines {
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
