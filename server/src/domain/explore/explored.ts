import { MOST_FILTERS, type ExploreFilter } from '@fanfare/contract';
import { answer, type ToldPeriod } from './ask.ts';
import { Columns } from './columns.ts';
import { Cube } from './cube.ts';
import { bits, setsOf, type AxisSet } from './joint.ts';
import type { Period } from './period.ts';
import type { RowBatch } from './row-batch.ts';
import { AXES } from './shape.ts';
import { Scratch } from './tables.ts';

/** Cells of tables held at most, 8 bytes each, and fans moved at once above which all is counted anew. */
const [MOST_CELLS, MOST_MOVED] = [12_000_000, 20_000];
/** Rows and tables looked at between two orders: some milliseconds. */
const SLICE = 2_000_000;
/** Periods of one question at most. */
const ASKED = 2;
const TIME = AXES.length - 1;

/** The tables of all questions with up to one filter, two, and as many as there may be. */
const AHEAD: readonly ReadonlySet<AxisSet>[] = Array.from({ length: MOST_FILTERS }, (_, more) => {
  const runs = Array.from({ length: 1 << TIME }, (_, set) => set).filter((set) => bits(set) <= more + 1);
  return new Set(runs.flatMap((run) => [...setsOf(run)]));
});

/**
 * A brand that is explored: its rows, and what was counted of the periods that are looked at. Every
 * answer is exact as of the last change. Nothing but what `ask` tells ever leaves it.
 */
export class Explored {
  readonly #columns: Columns;
  readonly #scratch = new Scratch();
  /** By period, the one asked for last at the end. */
  #cubes = new Map<string, Cube>();
  /** Periods to be counted whether they are asked for or not. */
  #near: readonly Period[] = [];

  /** @param first UTC quarter (since 1970) before which nothing is held */
  constructor(first: number) {
    this.#columns = new Columns(first);
  }

  /** Bytes held, about. */
  get bytes(): { readonly rows: number; readonly tables: number } {
    return { rows: this.#columns.bytes, tables: 8 * this.#cells() };
  }

  /** Rows of the ledger, in any order. False when there are too many campaigns. */
  load(batch: RowBatch): boolean {
    return this.#columns.load(batch);
  }

  /** All is loaded. */
  settle(): void {
    this.#columns.settle();
  }

  /** What a commit changed. False when it does not fit what is held, which is wrong from then on. */
  apply(batches: readonly RowBatch[]): boolean {
    return this.#columns.apply(batches, {
      begin: (fans) => {
        if (fans > MOST_MOVED) this.#cubes.clear();
      },
      move: (fan, moves) => {
        for (const cube of this.#cubes.values()) if (cube.touches(moves)) cube.move(fan, moves);
      },
    });
  }

  /**
   * Answer a question. @param k people below which a number is hidden
   * @param near periods that may be asked for next
   */
  ask(
    period: Period,
    filters: readonly ExploreFilter[],
    k: number,
    near: readonly Period[] = [],
  ): ToldPeriod {
    this.#near = near;
    const cube = this.cube(period);
    const told = answer(cube, filters, k);
    for (const other of [...this.#cubes.values()].slice(0, -ASKED)) other.rest();
    this.#makeRoom();
    return told;
  }

  /** Count something that may be asked for next, for a few milliseconds. False when all is. */
  work(): boolean {
    const recent = [...this.#cubes.values()].reverse();
    for (const sets of AHEAD)
      for (const [i, cube] of recent.entries()) {
        if (i >= ASKED && this.#cells() > MOST_CELLS / 2) break;
        if (cube.work(sets, SLICE)) return true;
      }
    const next = this.#near.find((period) => !this.#cubes.has(nameOf(period)));
    if (!next || this.#cells() > MOST_CELLS / 2) return false;
    // It is the first to go again.
    const others = [...this.#cubes];
    this.#cubes = new Map([[nameOf(next), new Cube(this.#columns, next, this.#scratch)], ...others]);
    return true;
  }

  /** What is counted of a period; from now on it is. */
  cube(period: Period): Cube {
    const name = nameOf(period);
    const cube = this.#cubes.get(name) ?? new Cube(this.#columns, period, this.#scratch);
    this.#cubes.delete(name);
    this.#cubes.set(name, cube);
    return cube;
  }

  #cells(): number {
    let cells = 0;
    for (const cube of this.#cubes.values()) cells += cube.cells;
    return cells;
  }

  #makeRoom(): void {
    for (const name of this.#cubes.keys()) {
      if (this.#cells() <= MOST_CELLS || this.#cubes.size <= ASKED) return;
      this.#cubes.delete(name);
    }
  }
}

function nameOf({ edges, steps, zone }: Period): string {
  return [zone, edges[0], edges.at(-1), steps.length].join(' ');
}
