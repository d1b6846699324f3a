import {
  NO_ROWS,
  largest,
  put,
  rowAt,
  rowOf,
  spread,
  take,
  type FanRows,
  type TailRows,
  type Watcher,
} from './fan-rows.ts';
import { Pairs } from './pairs.ts';
import type { RowBatch } from './row-batch.ts';
import { DEAD } from './shape.ts';

/** Rows that wait beside the others before they are put among them, and longest reach of a quarter. */
const [MOST_WAITING, QUARTERS] = [100_000, 65_536];

/**
 * All engagements of a brand in columns of five bytes, by fan. A change is exact at once: what comes
 * waits in a small tail, what goes is marked. Cannot say who anybody is: fans are numbers.
 */
export class Columns {
  readonly pairs = new Pairs();
  /** First quarter that is held. */
  readonly first: number;
  /** Networks and kinds together that were ever held: 1 by their code. */
  readonly seen = new Uint8Array(256);
  /** How many of those there are. */
  codes = 0;
  #base = NO_ROWS;
  readonly #waiting = new Map<number, number[]>();
  #waitingRows = 0;
  #tail: TailRows | null = null;
  #loading: Loaded[] | null = [];
  #size = 0;

  /** @param first UTC quarter (since 1970) before which nothing is held */
  constructor(first: number) {
    this.first = first;
  }

  /** Rows held, those marked as gone among them. */
  get size(): number {
    return this.#size + this.#waitingRows;
  }

  /** Bytes held, about. */
  get bytes(): number {
    const loading = this.#loading ? 9 : 0;
    return this.#size * (5 + loading) + 4 * this.#base.starts.length + 100 * this.#waitingRows;
  }

  /** Numbers of fans, of those who came since the rest was put in order not all. */
  get fans(): number {
    return this.#base.starts.length - 1;
  }

  get base(): FanRows {
    return this.#base;
  }

  /** Rows of the ledger, in any order. False when there are too many campaigns. */
  load(batch: RowBatch): boolean {
    const places = this.#placesOf(batch);
    if (!places) return false;
    const rows = {
      ...{ fan: new Uint32Array(batch.size), nk: new Uint8Array(batch.size) },
      ...{ pair: new Uint16Array(batch.size), quarter: new Uint16Array(batch.size) },
    };
    let size = 0;
    for (let i = 0; i < batch.size; i++) {
      const quarter = batch.quarter[i]! - this.first;
      if (quarter < 0 || quarter >= QUARTERS) continue;
      rows.fan[size] = batch.fan[i]!;
      rows.nk[size] = batch.nk[i]!;
      this.#see(batch.nk[i]!);
      rows.pair[size] = places[batch.pair[i]!]!;
      rows.quarter[size++] = quarter;
    }
    this.#loading?.push({ ...rows, size });
    this.#size += size;
    return true;
  }

  /** All is loaded: put it in order. */
  settle(): void {
    const chunks = this.#loading ?? [];
    this.#loading = null;
    const fans = chunks.reduce((most, { fan, size }) => largest(fan, size, most), -1) + 1;
    const starts = new Uint32Array(fans + 1);
    for (const { fan, size } of chunks) for (let i = 0; i < size; i++) starts[fan[i]!]!++;
    this.#base = spread(starts, this.#size);
    const { nk, pair, quarter } = this.#base;
    // From the last place of each fan down, so that `starts` are starts at the end.
    for (let chunk = chunks.pop(); chunk; chunk = chunks.pop()) {
      for (let i = chunk.size - 1; i >= 0; i--) {
        const at = --starts[chunk.fan[i]!]!;
        nk[at] = chunk.nk[i]!;
        pair[at] = chunk.pair[i]!;
        quarter[at] = chunk.quarter[i]!;
      }
    }
  }

  /**
   * What a commit changed. False when it does not fit what is held, which is wrong from then on.
   * @param watcher told of each fan whose rows change
   */
  apply(batches: readonly RowBatch[], watcher?: Watcher): boolean {
    const moves = new Map<number, Map<number, number>>();
    for (const batch of batches) {
      const places = this.#placesOf(batch);
      if (!places) return false;
      for (let i = 0; i < batch.size; i++) {
        const quarter = batch.quarter[i]! - this.first;
        if (quarter < 0) continue;
        if (quarter >= QUARTERS) return false;
        const row = rowOf(quarter, places[batch.pair[i]!]!, batch.nk[i]!);
        this.#see(batch.nk[i]!);
        const own = moves.get(batch.fan[i]!) ?? new Map<number, number>();
        own.set(row, (own.get(row) ?? 0) + batch.sign[i]!);
        moves.set(batch.fan[i]!, own);
      }
    }
    watcher?.begin(moves.size);
    return [...moves].every(([fan, rows]) => {
      watcher?.move(fan, rows);
      return this.#move(fan, rows);
    });
  }

  /** Hand over the rows of a fan. */
  take(fan: number, each: (rows: FanRows, from: number, to: number) => void): void {
    const { starts } = this.#base;
    if (fan + 1 < starts.length && starts[fan + 1]! > starts[fan]!)
      each(this.#base, starts[fan]!, starts[fan + 1]!);
    const waiting = this.#waiting.get(fan);
    if (!waiting) return;
    const rows = spread(new Uint32Array(1), waiting.length);
    waiting.forEach((row, i) => put(rows, i, row));
    each(rows, 0, waiting.length);
  }

  /** The rows that wait, in the order of fans. */
  tail(): TailRows {
    if (this.#waitingRows > MOST_WAITING) this.#merge();
    this.#tail ??= this.#sorted();
    return this.#tail;
  }

  #placesOf({ pairs }: RowBatch): number[] | null {
    const places = pairs.map((pair) => this.pairs.place(pair));
    return places.includes(-1) ? null : places;
  }

  #see(nk: number): void {
    if (this.seen[nk]) return;
    this.seen[nk] = 1;
    this.codes++;
  }

  /** @param moves how many more or fewer of each row */
  #move(fan: number, moves: Map<number, number>): boolean {
    this.#tail = null;
    let going = 0;
    for (const count of moves.values()) going -= Math.min(0, count);
    if (going > 0) {
      const waiting = this.#waiting.get(fan) ?? [];
      const stay = waiting.filter((row) => !take(moves, row));
      this.#waitingRows -= waiting.length - stay.length;
      if (stay.length > 0) this.#waiting.set(fan, stay);
      else this.#waiting.delete(fan);
      if (waiting.length - stay.length < going) this.#mark(fan, moves);
    }
    for (const [row, count] of moves) {
      if (count < 0) return false;
      if (count === 0) continue;
      const waiting = this.#waiting.get(fan) ?? [];
      for (let i = 0; i < count; i++) waiting.push(row);
      this.#waiting.set(fan, waiting);
      this.#waitingRows += count;
    }
    return true;
  }

  #mark(fan: number, moves: Map<number, number>): void {
    const { starts, nk } = this.#base;
    const end = starts[fan + 1] ?? 0;
    for (let i = starts[fan] ?? end; i < end; i++) {
      if (nk[i] !== DEAD && take(moves, rowAt(this.#base, i))) nk[i] = DEAD;
    }
  }

  #sorted(): TailRows {
    const fans = Uint32Array.from(this.#waiting.keys()).sort();
    const starts = new Uint32Array(fans.length + 1);
    const rows = { ...spread(new Uint32Array(1), this.#waitingRows), starts, fans };
    let at = 0;
    fans.forEach((fan, i) => {
      for (const row of this.#waiting.get(fan)!) put(rows, at++, row);
      starts[i + 1] = at;
    });
    return rows;
  }

  /** Put what waits among the others, and let go of what is marked. */
  #merge(): void {
    const old = this.#base;
    const before = old.starts.length - 1;
    const fans = [...this.#waiting.keys()].reduce((most, fan) => Math.max(most, fan + 1), before);
    const starts = new Uint32Array(fans + 1);
    const rows = { ...spread(new Uint32Array(1), this.size), starts };
    let at = 0;
    for (let fan = 0; fan < fans; fan++) {
      const end = fan < before ? old.starts[fan + 1]! : 0;
      for (let i = fan < before ? old.starts[fan]! : 0; i < end; i++) {
        if (old.nk[i] === DEAD) continue;
        rows.nk[at] = old.nk[i]!;
        rows.pair[at] = old.pair[i]!;
        rows.quarter[at++] = old.quarter[i]!;
      }
      for (const row of this.#waiting.get(fan) ?? []) put(rows, at++, row);
      starts[fan + 1] = at;
    }
    this.#base = rows;
    this.#size = at;
    this.#waiting.clear();
    this.#waitingRows = 0;
    this.#tail = null;
  }
}

interface Loaded extends Omit<FanRows, 'starts'> {
  readonly fan: Uint32Array;
  readonly size: number;
}
