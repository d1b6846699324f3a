import type { Block, Counts } from './block.ts';
import type { Change } from './change.ts';
import { axesOf, cellOf, cellsOf, jointOf, type AxisSet, type Joint } from './joint.ts';

/** A step on the way to a table: one axis more than another step. */
interface Step {
  /** How many axes it has. */
  readonly depth: number;
  /** The last one; −1 for the total. */
  readonly axis: number;
  readonly width: number;
  /** The table to count in; `null` when it is but on the way to others. */
  readonly target: Fresh | null;
}

/** Room to count in, for one counting after the other. */
export class Scratch {
  readonly #cells: Int32Array[] = [];

  /** The numbers of cells of the rows of a block, for each depth. */
  cells(depth: number, rows: number): Int32Array {
    const known = this.#cells[depth];
    if (known && known.length >= rows) return known;
    // The total has one cell, whose number is 0 for every row.
    return (this.#cells[depth] = new Int32Array(2 * rows));
  }
}

/**
 * Counts engagements and distinct fans of tables. The rows of a fan follow each other, so that a fan is
 * new to a cell when it is not the last one seen there: no table of fans is needed.
 */
export class Tables implements Counts {
  readonly #scratch: Scratch;
  readonly #steps: readonly Step[];
  /** The next mark of a fan; 0 is of nobody. */
  #mark = 1;

  constructor(scratch: Scratch, targets: ReadonlyMap<AxisSet, Fresh>, widths: readonly number[]) {
    this.#scratch = scratch;
    const sets = new Set<AxisSet>();
    // To each table, axis by axis.
    for (const set of targets.keys())
      for (let part = 0, axes = axesOf(set); ; part |= 1 << axes.shift()!) {
        sets.add(part);
        if (axes.length === 0) break;
      }
    // Each step follows the one it adds an axis to, and what that one leaves stays until all of them are done.
    const paths = [...sets].map((set) => ({ set, axes: axesOf(set), path: axesOf(set).join('') }));
    this.#steps = paths
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map(({ set, axes }) => ({
        ...{ depth: axes.length, axis: axes.at(-1) ?? -1, target: targets.get(set) ?? null },
        width: axes.length === 0 ? 1 : widths[axes.at(-1)!]!,
      }));
  }

  add({ size, fan, fans, slots }: Block): void {
    for (const { depth, axis, width, target } of this.#steps) {
      const cells = this.#scratch.cells(depth, size);
      if (depth > 0) number(size, this.#scratch.cells(depth - 1, size), slots[axis]!, width, cells);
      target?.add(size, cells, fan, this.#mark);
    }
    this.#mark += fans;
  }
}

/** One more axis. */
function number(size: number, before: Int32Array, slot: Uint8Array, width: number, cells: Int32Array): void {
  for (let row = 0; row < size; row++) cells[row] = before[row]! * width + slot[row]!;
}

/**
 * A table that is counted in a pass over everything. What belongs to a cell lies side by side, as memory
 * far apart is slow, and there is no branch: whether a fan is new to a cell cannot be guessed.
 */
export class Fresh {
  readonly cells: number;
  readonly #set: AxisSet;
  readonly #widths: readonly number[];
  readonly #shape: Pick<Joint, 'axes' | 'widths'>;
  /** Of each cell people, mark of the last fan seen, engagements, nothing. */
  readonly #all: Int32Array;

  constructor(set: AxisSet, widths: readonly number[]) {
    this.cells = cellsOf(set, widths);
    this.#set = set;
    this.#widths = widths;
    const axes = axesOf(set);
    this.#shape = { axes, widths: axes.map((axis) => widths[axis]!) };
    this.#all = new Int32Array(4 * this.cells);
  }

  /**
   * @param cells number of the cell of each row @param fan of each row, those of one fan one after the other
   * @param first mark of fan 0
   */
  add(size: number, cells: Int32Array, fan: Int32Array, first: number): void {
    const all = this.#all;
    for (let row = 0; row < size; row++) {
      const at = cells[row]! << 2;
      const mark = fan[row]! + first;
      const other = all[at + 1]! ^ mark;
      all[at + 1] = mark;
      all[at]! += (other | -other) >>> 31;
      all[at + 2]!++;
    }
  }

  /** A row comes or goes whose fan was counted. */
  change({ sign, slots, others }: Change): void {
    const at = 4 * cellOf(this.#shape, slots);
    this.#all[at + 2]! += sign;
    if (others[this.#set] === 0) this.#all[at]! += sign;
  }

  /** All is counted. */
  joint(): Joint {
    const joint = jointOf(this.#set, this.#widths);
    for (let cell = 0; cell < this.cells; cell++) {
      joint.people[cell] = this.#all[4 * cell]!;
      joint.count[cell] = this.#all[4 * cell + 2]!;
    }
    return joint;
  }
}

/** A table from the one with one more axis, networks: they run slowest, and each fan is on one alone. */
export function withoutNetwork({ set, axes, widths, count, people }: Joint): Joint {
  const cells = count.length / widths[0]!;
  const sum = (parts: Uint32Array): Uint32Array => {
    const whole = parts.slice(0, cells);
    for (let at = cells; at < parts.length; at++) whole[at % cells]! += parts[at]!;
    return whole;
  };
  return {
    set: set & ~1,
    axes: axes.slice(1),
    widths: widths.slice(1),
    count: sum(count),
    people: sum(people),
  };
}
