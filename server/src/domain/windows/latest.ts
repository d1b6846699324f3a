import { NONE } from './rows.ts';

/**
 * Exact last-seen table: (fan, cell) → the latest row, by open addressing over row numbers alone
 * (4 bytes an entry; the key is read from the row's columns). With a count per cell it gives
 * distinct people of all windows at once, at O(1) per engagement.
 */
export class Latest {
  #slots = new Uint32Array(64);
  #used = 0;
  readonly #keyOf: (row: number, dim: number) => number;
  readonly #fanOf: (row: number) => number;

  /** @param fanOf the fan of a row @param cellOf the cell of a row in a dimension */
  constructor(fanOf: (row: number) => number, cellOf: (row: number, dim: number) => number) {
    this.#fanOf = fanOf;
    this.#keyOf = cellOf;
  }

  /** The latest row of a fan in a cell of dimension `dim`, or NONE. */
  get(fan: number, dim: number, cell: number): number {
    return this.rowAt(this.find(fan, dim, cell));
  }

  /** Make `row` the latest of its own fan and cell in dimension `dim`. */
  set(row: number, dim: number, cell: number): void {
    this.put(this.find(this.#fanOf(row), dim, cell), row, dim);
  }

  /** The row at a place that `find` gave, or NONE. */
  rowAt(place: number): number {
    const entry = this.#slots[place]!;
    return entry === 0 ? NONE : (entry - 1) >>> 4;
  }

  /** The same as `set` at the place that `find` gave for the row's own fan and cell; it is no place after that. */
  put(place: number, row: number, dim: number): void {
    if (this.#slots[place] === 0) this.#used++;
    this.#slots[place] = row * 16 + dim + 1;
    if (this.#used * 4 > this.#slots.length * 3) this.#grow();
  }

  /** Forget a fan in a cell. Call while the row's columns are still filled. */
  delete(fan: number, dim: number, cell: number): void {
    const mask = this.#slots.length - 1;
    let hole = this.find(fan, dim, cell);
    if (this.#slots[hole] === 0) return;
    this.#used--;
    // Backward shift keeps every probe sequence whole without tombstones.
    for (let next = (hole + 1) & mask; this.#slots[next] !== 0; next = (next + 1) & mask) {
      const home = this.#home(this.#slots[next]!) & mask;
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        this.#slots[hole] = this.#slots[next]!;
        hole = next;
      }
    }
    this.#slots[hole] = 0;
  }

  #home(entry: number): number {
    const [row, dim] = [(entry - 1) >>> 4, (entry - 1) & 15];
    return hash(this.#fanOf(row), this.#keyOf(row, dim));
  }

  /** Where a fan in a cell is, or would be: a place until the table changes. */
  find(fan: number, dim: number, cell: number): number {
    const mask = this.#slots.length - 1;
    let at = hash(fan, cell) & mask;
    for (;;) {
      const entry = this.#slots[at]!;
      if (entry === 0) return at;
      const row = (entry - 1) >>> 4;
      if (((entry - 1) & 15) === dim && this.#fanOf(row) === fan && this.#keyOf(row, dim) === cell) return at;
      at = (at + 1) & mask;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    const mask = this.#slots.length - 1;
    for (const entry of old) {
      if (entry === 0) continue;
      let at = this.#home(entry) & mask;
      while (this.#slots[at] !== 0) at = (at + 1) & mask;
      this.#slots[at] = entry;
    }
  }
}

/** Mixes fan and cell into 32 bits (finaliser of MurmurHash3, Appleby, public domain). */
function hash(fan: number, cell: number): number {
  let h = Math.imul(fan ^ Math.imul(cell + 0x9e3779b9, 0x85ebca6b), 0xcc9e2d51);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
