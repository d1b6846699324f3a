import { Block } from './block.ts';
import { changeIn, changeOf } from './change.ts';
import type { Columns } from './columns.ts';
import { pairOf, quarterOf, rowsOf } from './fan-rows.ts';
import type { AxisSet, Joint } from './joint.ts';
import { Masks } from './masks.ts';
import { Pass } from './pass.ts';
import { Passing, type SlotFilter } from './passing.ts';
import { OUTSIDE, placesOf, type Period } from './period.ts';
import { SlotBook, type Slots } from './slots.ts';
import { Fresh, Tables, withoutNetwork, type Scratch } from './tables.ts';

/** Questions with keys left out whose people are kept. */
const MOST_PASSING = 16;

/** Tables that are being counted bit by bit. */
interface Building {
  readonly sets: ReadonlySet<AxisSet>;
  /** Those of them that are counted; the others follow from them. */
  readonly tables: ReadonlyMap<AxisSet, Fresh>;
  readonly pass: Pass;
}

const NETWORK: AxisSet = 1;

/**
 * What is counted of one period: every table that was asked for, each counted in a pass over the rows
 * once and kept exact from then on, fan by fan, as rows come and go.
 */
export class Cube {
  readonly #columns: Columns;
  readonly #scratch: Scratch;
  readonly #places: Int16Array;
  readonly #book: SlotBook;
  #slots: Slots;
  #block: Block;
  #tables = new Map<AxisSet, Joint>();
  #building: Building | null = null;
  readonly #passing = new Map<string, Passing>();
  #masks: { readonly k: number; readonly masks: Masks } | null = null;

  constructor(columns: Columns, period: Period, scratch: Scratch) {
    this.#columns = columns;
    this.#scratch = scratch;
    this.#places = placesOf(period, columns.first);
    this.#book = new SlotBook(columns, period, this.#places);
    this.#slots = this.#book.slots();
    this.#block = new Block(this.#places, this.#slots);
  }

  /** Cells held. */
  get cells(): number {
    let cells = 0;
    for (const table of this.#tables.values()) cells += table.count.length;
    return cells;
  }

  /** The slots of now; what was counted by others is let go. */
  slots(): Slots {
    return this.#use(this.#book.slots());
  }

  /** Count what is missing of these tables. */
  ensure(sets: Iterable<AxisSet>): void {
    const missing = this.#missing(sets);
    if (missing.length === 0) return;
    const building = this.#building;
    // What is under way is finished only when that is the shorter way.
    const late = building && 2 * building.pass.next > this.#columns.fans;
    if (!late || missing.some((set) => !building.sets.has(set))) this.#build(missing);
    this.#go(Infinity);
  }

  /** Count a part of these tables. @param most rows times tables @returns false when nothing was left to count */
  work(sets: Iterable<AxisSet>, most: number): boolean {
    if (!this.#building) {
      const missing = this.#missing(sets);
      if (missing.length === 0) return false;
      this.#build(missing);
    }
    this.#go(most / (1 + this.#building!.tables.size));
    return true;
  }

  /** A table that was counted. */
  table(set: AxisSet): Joint {
    return this.#tables.get(set)!;
  }

  /** What is hidden of the tables, as of now. */
  masks(k: number): Masks {
    if (this.#masks?.k !== k) this.#masks = { k, masks: new Masks((set) => this.table(set), k) };
    return this.#masks.masks;
  }

  /** Let go of what can be made again without looking at rows. */
  rest(): void {
    this.#masks = null;
  }

  passing(filters: readonly SlotFilter[]): Passing {
    const name = JSON.stringify(filters);
    const known = this.#passing.get(name);
    if (known) return known;
    const widths = this.#slots.keys.map((keys) => keys.length);
    const made = new Passing(filters, widths);
    new Pass(made, this.#places, this.#slots).go(this.#columns);
    const [oldest] = this.#passing.keys();
    if (this.#passing.size >= MOST_PASSING && oldest !== undefined) this.#passing.delete(oldest);
    this.#passing.set(name, made);
    return made;
  }

  /** Is one of these rows in the period? */
  touches(moves: ReadonlyMap<number, number>): boolean {
    for (const row of moves.keys()) if (this.#isIn(row)) return true;
    return false;
  }

  /** Rows of a fan are about to come or go. @param moves how many more or fewer of each row */
  move(fan: number, moves: ReadonlyMap<number, number>): void {
    this.#use(this.#book.known());
    this.#masks = null;
    const block = this.#block;
    block.clear();
    this.#columns.take(fan, (rows, from, to) => block.take(rows, from, to));
    for (const one of this.#passing.values()) one.add(block, -1);
    const building = this.#building && fan < this.#building.pass.next ? this.#building.tables : null;
    for (const [row, count] of moves) {
      if (!this.#isIn(row)) continue;
      const sign = count > 0 ? 1 : -1;
      for (let times = Math.abs(count); times > 0; times--) {
        const change = changeOf(block, rowsOf(row), sign);
        if (!change) return;
        this.#book.move(pairOf(row), sign);
        for (const table of this.#tables.values()) changeIn(table, change);
        if (building) for (const table of building.values()) table.change(change);
      }
    }
    for (const one of this.#passing.values()) one.add(block, 1);
  }

  #isIn(row: number): boolean {
    return this.#places[quarterOf(row)] !== OUTSIDE;
  }

  #use(fresh: Slots): Slots {
    const old = this.#slots;
    if (old === fresh) return fresh;
    this.#slots = fresh;
    this.#block = new Block(this.#places, fresh);
    this.#building = null;
    let moved = 0;
    fresh.keys.forEach((keys, axis) => {
      const before = old.keys[axis]!;
      if (keys.length !== before.length || keys.some((key, slot) => key !== before[slot])) moved |= 1 << axis;
    });
    if (moved === 0) return fresh;
    for (const set of [...this.#tables.keys()]) if (set & moved) this.#tables.delete(set);
    this.#passing.clear();
    this.#masks = null;
    return fresh;
  }

  #missing(sets: Iterable<AxisSet>): AxisSet[] {
    return [...sets].filter((set) => !this.#tables.has(set));
  }

  #build(missing: readonly AxisSet[]): void {
    const sets = new Set(missing);
    const some = this.#widths()[0]! > 0;
    const follows = (set: AxisSet) =>
      some && !(set & NETWORK) && (sets.has(set | NETWORK) || this.#tables.has(set | NETWORK));
    const counted = missing.filter((set) => !follows(set));
    const tables = new Map(counted.map((set) => [set, new Fresh(set, this.#widths())]));
    const counts = new Tables(this.#scratch, tables, this.#widths());
    this.#building = { sets, tables, pass: new Pass(counts, this.#places, this.#slots) };
  }

  #go(rows: number): void {
    const building = this.#building!;
    if (building.tables.size > 0 && !building.pass.go(this.#columns, rows)) return;
    for (const [set, table] of building.tables) this.#tables.set(set, table.joint());
    for (const set of building.sets)
      if (!building.tables.has(set)) this.#tables.set(set, withoutNetwork(this.table(set | NETWORK)));
    this.#building = null;
  }

  #widths(): number[] {
    return this.#slots.keys.map((keys) => keys.length);
  }
}
