import { CREDIT_CLASS } from '../engagement.ts';
import { Largest } from './largest.ts';
import { NONE, type Rows } from './rows.ts';
import { BUCKETS, GRAIN, W } from './shape.ts';

/** Weight of a credit by class: reaction, comment, share. Applied when read, never stored. */
export const CREDIT_WEIGHTS = [1, 2, 3] as const;
const CLASSES = CREDIT_WEIGHTS.length;
/** Bins of the histogram over fans: credits by raw weight, in powers of two. */
export const HISTOGRAM_BINS = 32;

/** One credit of a window: whose, of which class, and the minute it is dated at. */
export interface Credit {
  readonly owner: number;
  /** Index into CREDIT_WEIGHTS. */
  readonly class: number;
  readonly minute: number;
}

/**
 * Influence, in integers: a credit is a distinct (actor, object, kind) towards the fan who owns
 * the object, dated at the bucket of its earliest engagement in the window. Decay is applied when
 * a board is read. The engagements of a credit are one list, oldest minute first.
 */
export class CreditCounts {
  readonly #rows: Rows;
  readonly #heads = new Map<string, number>();
  /** Per window, made when first used: [class × buckets + bucket mod buckets]. */
  readonly #dated: (Int32Array | undefined)[] = [];
  readonly #byClass = new Int32Array(W * CLASSES);
  readonly #owners = new Int32Array(W);
  readonly #histogram = new Int32Array(W * HISTOGRAM_BINS);
  readonly #largest = new Largest();
  /** Raw weight of credits per fan and window: [fan × W + w]. */
  #raw = new Int32Array(0);

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** Does this row give a credit at all? */
  counts(row: number): boolean {
    const { owner, fan, kind, object } = this.#rows.at;
    return (
      owner[row] !== NONE && owner[row] !== fan[row] && object[row] !== NONE && CREDIT_CLASS[kind[row]!]! >= 0
    );
  }

  /** A linked row enters its credit's list. */
  enter(row: number, starts: readonly number[]): void {
    if (!this.counts(row)) return;
    const key = this.#key(row);
    const head = this.#heads.get(key) ?? NONE;
    this.#date(head, starts, -1);
    const { minute, creditNext } = this.#rows.at;
    let before = NONE;
    let after = head;
    while (after !== NONE && minute[after]! <= minute[row]!) {
      before = after;
      after = creditNext[after]!;
    }
    creditNext[row] = after;
    if (before === NONE) this.#heads.set(key, row);
    else creditNext[before] = row;
    this.#date(this.#heads.get(key)!, starts, 1);
  }

  /** A row leaves its credit's list (removed, edited, withdrawn, or out of the longest window). */
  drop(row: number, starts: readonly number[]): void {
    if (!this.counts(row)) return;
    const key = this.#key(row);
    const head = this.#heads.get(key)!;
    this.#date(head, starts, -1);
    const { creditNext } = this.#rows.at;
    const after = creditNext[row]!;
    if (head === row) {
      if (after === NONE) this.#heads.delete(key);
      else this.#heads.set(key, after);
    } else {
      let before = head;
      while (creditNext[before] !== row) before = creditNext[before]!;
      creditNext[before] = after;
    }
    this.#date(this.#heads.get(key) ?? NONE, starts, 1);
  }

  /**
   * The row's minute slides out of window w. Only the last row of a minute moves the date: to the
   * next one in the list, or away.
   */
  leave(row: number, w: number): void {
    if (!this.counts(row)) return;
    const { minute, creditNext } = this.#rows.at;
    const next = creditNext[row]!;
    if (next !== NONE && minute[next] === minute[row]) return;
    this.#add(w, row, minute[row]!, -1, next === NONE);
    if (next !== NONE) this.#add(w, row, minute[next]!, 1, false);
  }

  /** Credits of window w by class. */
  byClass(w: number): readonly number[] {
    return [...this.#byClass.subarray(w * CLASSES, (w + 1) * CLASSES)];
  }

  /** Fans with at least one credit in window w. */
  owners(w: number): number {
    return this.#owners[w]!;
  }

  /** Fans by raw weight of their credits: bin i holds 2^i up to 2^(i+1) − 1. */
  histogram(w: number): readonly number[] {
    return [...this.#histogram.subarray(w * HISTOGRAM_BINS, (w + 1) * HISTOGRAM_BINS)];
  }

  /** No fan of window w has more raw weight. */
  largest(w: number): number {
    return this.#largest.read(w);
  }

  /** Credits of window w by class, dated in one bucket. */
  dated(w: number, bucket: number, credit: number): number {
    return this.#dated[w]?.[credit * BUCKETS[w]! + (bucket % BUCKETS[w]!)] ?? 0;
  }

  /** Every credit of the window that starts at minute `start`, in no order: one pass over all. */
  *each(start: number): Iterable<Credit> {
    const { minute, creditNext, owner, kind } = this.#rows.at;
    for (const head of this.#heads.values()) {
      let row = head;
      while (row !== NONE && minute[row]! < start) row = creditNext[row]!;
      if (row === NONE) continue;
      yield { owner: owner[row]!, class: CREDIT_CLASS[kind[row]!]!, minute: minute[row]! };
    }
  }

  #key(row: number): string {
    const { fan, object, kind, owner } = this.#rows.at;
    return `${fan[row]},${object[row]},${kind[row]},${owner[row]}`;
  }

  /** Add or take back the date of a whole list in every window. */
  #date(head: number, starts: readonly number[], by: 1 | -1): void {
    const { minute, creditNext } = this.#rows.at;
    let row = head;
    for (let w = W - 1; w >= 0; w--) {
      while (row !== NONE && minute[row]! < starts[w]!) row = creditNext[row]!;
      if (row === NONE) return;
      this.#add(w, row, minute[row]!, by, true);
    }
  }

  /** @param whole the credit as such appears or goes, not only its date */
  #add(w: number, row: number, minute: number, by: 1 | -1, whole: boolean): void {
    const { kind, owner } = this.#rows.at;
    const credit = CREDIT_CLASS[kind[row]!]!;
    const buckets = BUCKETS[w]!;
    const dated = (this.#dated[w] ??= new Int32Array(CLASSES * buckets));
    dated[credit * buckets + (Math.floor(minute / GRAIN[w]!) % buckets)]! += by;
    if (!whole) return;
    this.#byClass[w * CLASSES + credit]! += by;
    this.#weigh(w, owner[row]!, by * CREDIT_WEIGHTS[credit]!);
  }

  #weigh(w: number, fan: number, by: number): void {
    if ((fan + 1) * W > this.#raw.length) this.#grow(fan);
    const old = this.#raw[fan * W + w]!;
    const next = old + by;
    this.#raw[fan * W + w] = next;
    this.#largest.move(w, old, -1);
    this.#largest.move(w, next, 1);
    const histogram = w * HISTOGRAM_BINS;
    if (old > 0) this.#histogram[histogram + 31 - Math.clz32(old)]! -= 1;
    if (next > 0) this.#histogram[histogram + 31 - Math.clz32(next)]! += 1;
    if (old === 0) this.#owners[w]! += 1;
    if (next === 0) this.#owners[w]! -= 1;
  }

  #grow(fan: number): void {
    const next = new Int32Array(Math.max(Math.ceil((fan + 1) * 1.4), 64) * W);
    next.set(this.#raw);
    this.#raw = next;
  }
}
