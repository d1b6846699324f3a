/** What checking a chain found. */
export type ChainCheck =
  | { readonly intact: true; readonly records: number; readonly head: string }
  /** `at`: number of the first record that is missing, altered or out of place. */
  | { readonly intact: false; readonly at: number };

/** Where a chain ends, as it is held apart from the records. */
export interface ChainEnd {
  readonly records: number;
  /** Hash of the last record, hexadecimal; '' when there is none. */
  readonly head: string;
}

/** One record with the hash it was stored with. Records are numbered 1, 2, 3 … */
export interface ChainLink<R> {
  readonly record: R;
  readonly hash: string;
}

/** Walks a chain from its first record, some records at a time: it may be far too long for one look. */
export class ChainWalk<R extends { readonly n: number }> {
  readonly #link: (before: string, record: R) => string;
  #n: number;
  #head: string;
  #broken = false;

  /**
   * @param link hash of a record that follows one with the hash `before`
   * @param start last record before those that are walked, when the oldest have been let go
   */
  constructor(link: (before: string, record: R) => string, start: ChainEnd = { records: 0, head: '' }) {
    this.#link = link;
    this.#n = start.records;
    this.#head = start.head;
  }

  /** Number of the last record that was good so far. */
  get checked(): number {
    return this.#n;
  }

  /** The next records, in order of n; false when one of them breaks the chain. */
  step(links: Iterable<ChainLink<R>>): boolean {
    for (const { record, hash: stored } of links) {
      if (this.#broken) break;
      const head = this.#link(this.#head, record);
      this.#broken = record.n !== this.#n + 1 || stored !== head;
      if (this.#broken) break;
      this.#n++;
      this.#head = head;
    }
    return !this.#broken;
  }

  /** What was found, once all records have been walked or one broke the chain. */
  result(end: ChainEnd): ChainCheck {
    const whole = !this.#broken && this.#n === end.records && this.#head === end.head;
    return whole ? { intact: true, records: this.#n, head: this.#head } : { intact: false, at: this.#n + 1 };
  }
}
