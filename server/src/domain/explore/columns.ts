import { Pairs } from './pairs.ts';
import type { RowBatch } from './row-batch.ts';
import { DEAD } from './shape.ts';

/** Rows in columns, those of each fan side by side: those of fan f are `starts[f]` to `starts[f + 1]`. */
export interface FanRows {
  readonly starts: Uint32Array;
  readonly nk: Uint8Array;
  readonly pair: Uint16Array;
  /** Quarters since the first that is held. */
  readonly quarter: Uint16Array;
}

/** Rows apart from the others, of the fans listed alone, in their order. */
export interface TailRows extends FanRows {
  readonly fans: Uint32Array;
}

const NO_ROWS: FanRows = {
  ...{ starts: new Uint32Array(1), nk: new Uint8Array(), pair: new Uint16Array() },
  quarter: new Uint16Array(),
};
/** Rows that wait beside the others before they are put among them, and longest reach of a quarter. */
const [MOST_WAITING, QUARTERS] = [100_000, 65_536];
const [NK, PAIR] = [256, 65_536];

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
      this.seen[batch.nk[i]!] = 1;
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

  /** What a commit changed. False when it does not fit what is held, which is wrong from then on. */
  apply(batches: readonly RowBatch[]): boolean {
    const moves = new Map<number, Map<number, number>>();
    for (const batch of batches) {
      const places = this.#placesOf(batch);
      if (!places) return false;
      for (let i = 0; i < batch.size; i++) {
        const quarter = batch.quarter[i]! - this.first;
        if (quarter < 0) continue;
        if (quarter >= QUARTERS) return false;
        const row = (quarter * PAIR + places[batch.pair[i]!]!) * NK + batch.nk[i]!;
        this.seen[batch.nk[i]!] = 1;
        const own = moves.get(batch.fan[i]!) ?? new Map<number, number>();
        own.set(row, (own.get(row) ?? 0) + batch.sign[i]!);
        moves.set(batch.fan[i]!, own);
      }
    }
    this.#tail = null;
    return [...moves].every(([fan, rows]) => this.#move(fan, rows));
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

  /** @param moves how many more or fewer of each row */
  #move(fan: number, moves: Map<number, number>): boolean {
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
    const { starts, nk, pair, quarter } = this.#base;
    const end = starts[fan + 1] ?? 0;
    for (let i = starts[fan] ?? end; i < end; i++) {
      if (nk[i] !== DEAD && take(moves, (quarter[i]! * PAIR + pair[i]!) * NK + nk[i]!)) nk[i] = DEAD;
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

/** Empty columns; `starts` become the ends of each fan's rows where they were their numbers. */
function spread(starts: Uint32Array, size: number): FanRows {
  for (let fan = 1; fan < starts.length; fan++) starts[fan]! += starts[fan - 1]!;
  return { starts, nk: new Uint8Array(size), pair: new Uint16Array(size), quarter: new Uint16Array(size) };
}

function put({ nk, pair, quarter }: FanRows, at: number, row: number): void {
  nk[at] = row % NK;
  pair[at] = Math.floor(row / NK) % PAIR;
  quarter[at] = Math.floor(row / (NK * PAIR));
}

/** Is one of these rows to go? Then there is one less to go. */
function take(moves: Map<number, number>, row: number): boolean {
  const count = moves.get(row) ?? 0;
  if (count >= 0) return false;
  moves.set(row, count + 1);
  return true;
}

function largest(fan: Uint32Array, size: number, least: number): number {
  let most = least;
  for (let i = 0; i < size; i++) if (fan[i]! > most) most = fan[i]!;
  return most;
}
