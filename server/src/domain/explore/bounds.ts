import type { Bounds, Masked } from './joint.ts';
import type { Lines } from './lines.ts';

const ROUNDS = 40;

/** A table, and what is hidden of it. */
type Hidden = Pick<Masked, 'count' | 'hidden'>;

/**
 * Put the sums together as a reader could who has every table of these axes and of fewer.
 * @param parents the tables without one axis each, by its place @param lines of the table
 * @returns bounds of the cells, and of the parents' by what is told of this table
 */
export function boundsOf(
  table: Hidden,
  parents: readonly Masked[],
  lines: Lines,
): { readonly own: Bounds; readonly parents: readonly Bounds[] } {
  const own = { low: new Float64Array(table.count), high: new Float64Array(table.count) };
  const above = parents.map(({ bounds }) => ({ low: bounds.low.slice(), high: bounds.high.slice() }));
  const open = new OpenLines(table, parents, lines);
  for (let round = 0, moved = true; moved && round < ROUNDS; round++) moved = open.narrow(above);
  open.tell(own);
  return { own, parents: above };
}

/** The lines with hidden cells: of those nothing but the sum is told. */
class OpenLines {
  readonly #lines: Lines;
  /** The hidden cells, and what is known of each. */
  readonly #cells: Int32Array;
  readonly #low: Float64Array;
  readonly #high: Float64Array;
  /** By hidden cell and place of an axis: the line. */
  readonly #lineOf: Int32Array;
  /** By line: where its hidden cells are in `#members`, which has their places in `#cells`. */
  readonly #starts: Int32Array;
  readonly #members: Int32Array;
  /** By line: what the cells that are told add up to. */
  readonly #told: Float64Array;
  /** A line is put together again when another one has told something of a cell in it. */
  readonly #waits: Uint8Array;

  constructor({ count, hidden }: Hidden, parents: readonly Masked[], lines: Lines) {
    this.#lines = lines;
    const cells = hiddenIn(hidden);
    const axes = lines.places.length;
    this.#cells = cells;
    // Not empty, as an empty one is told: unless a cell of fewer axes it is in is hidden.
    const isFilled = (cell: number) => count[cell]! > 0 && !lines.isInside(cell, parents);
    this.#low = Float64Array.from(cells, (cell) => (isFilled(cell) ? 1 : 0));
    this.#high = new Float64Array(cells.length).fill(Infinity);
    const lineOf = new Int32Array(cells.length * axes);
    const ends = new Int32Array(lines.size + 1);
    const told = new Float64Array(lines.size);
    for (const place of lines.places) {
      const [first] = lines.span(place);
      const sums = parents[place]!.count;
      for (let i = 0; i < cells.length; i++) {
        const line = lines.of(cells[i]!, place);
        lineOf[i * axes + place] = line;
        if (ends[line]!++ === 0) told[line] = sums[line - first]!;
        told[line]! -= count[cells[i]!]!;
      }
    }
    this.#waits = Uint8Array.from(ends.subarray(0, lines.size), (size) => (size > 0 ? 1 : 0));
    for (let line = 1; line < ends.length; line++) ends[line]! += ends[line - 1]!;
    this.#members = new Int32Array(lineOf.length);
    for (let i = lineOf.length - 1; i >= 0; i--) this.#members[--ends[lineOf[i]!]!] = Math.floor(i / axes);
    this.#starts = ends;
    this.#lineOf = lineOf;
    this.#told = told;
  }

  /** Look at each line that waits once. @param above bounds of the parents @returns whether anything moved */
  narrow(above: readonly Bounds[]): boolean {
    let moved = false;
    for (const place of this.#lines.places) {
      const [first, end] = this.#lines.span(place);
      const waits = this.#waits;
      for (let line = waits.indexOf(1, first); line >= 0 && line < end; line = waits.indexOf(1, line + 1)) {
        waits[line] = 0;
        if (this.#narrowLine(line, above[place]!, line - first)) moved = true;
      }
    }
    return moved;
  }

  /** Put what is known of the hidden cells among the others. */
  tell({ low, high }: Bounds): void {
    this.#cells.forEach((cell, i) => {
      low[cell] = this.#low[i]!;
      high[cell] = this.#high[i]!;
    });
  }

  #narrowLine(line: number, above: Bounds, parent: number): boolean {
    const [low, high, members] = [this.#low, this.#high, this.#members];
    const [from, to] = [this.#starts[line]!, this.#starts[line + 1]!];
    const told = this.#told[line]!;
    let [least, most, open] = [0, 0, 0];
    for (let i = from; i < to; i++) {
      const cell = members[i]!;
      least += low[cell]!;
      if (high[cell] === Infinity) open++;
      else most += high[cell]!;
    }
    if (told + least > above.low[parent]!) above.low[parent] = told + least;
    if (open === 0 && told + most < above.high[parent]!) above.high[parent] = told + most;
    const [floor, top] = [above.low[parent]! - told, above.high[parent]! - told];
    let moved = false;
    for (let i = from; i < to; i++) {
      const cell = members[i]!;
      const [bottom, roof] = [low[cell]!, high[cell]!];
      const others = open > (roof === Infinity ? 1 : 0) ? Infinity : most - (roof === Infinity ? 0 : roof);
      const [up, down] = [floor - others, top - (least - bottom)];
      if (up <= bottom && down >= roof) continue;
      if (up > bottom) low[cell] = up;
      if (down < roof) high[cell] = down;
      moved = true;
      const axes = this.#lines.places.length;
      for (let at = cell * axes; at < (cell + 1) * axes; at++) this.#waits[this.#lineOf[at]!] = 1;
    }
    return moved;
  }
}

function hiddenIn(hidden: Uint8Array): Int32Array {
  const cells: number[] = [];
  for (let cell = hidden.indexOf(1); cell >= 0; cell = hidden.indexOf(1, cell + 1)) cells.push(cell);
  return Int32Array.from(cells);
}
