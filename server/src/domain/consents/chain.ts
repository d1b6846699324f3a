import { hash } from 'node:crypto';
import type { Age, Method, Purpose } from '@fanfare/contract';

/** One record of the consent ledger, without anything that names a person. */
export interface ConsentRecord {
  /** 1, 2, 3 … within the brand. */
  readonly n: number;
  readonly fan: number;
  readonly purpose: Purpose;
  readonly granted: boolean;
  /** Instant of the act, of the receipt, and of the expiry (null for a withdrawal), milliseconds. */
  readonly at: number;
  readonly receivedAt: number;
  readonly expiresAt: number | null;
  readonly notice: { readonly version: string; readonly locale: string; readonly hash: string | null };
  readonly method: Method;
  readonly age: Age;
  readonly evidence: string | null;
}

/**
 * Hash of a record that follows one with hash `before` ('' for the first): SHA-256 over that hash
 * and the record's fields as one JSON array, so that changing, dropping, adding or swapping
 * records breaks every later link. Hexadecimal.
 */
export function linkRecord(before: string, record: ConsentRecord): string {
  const { n, fan, purpose, granted, at, receivedAt, expiresAt, notice, method, age, evidence } = record;
  const fields = [n, fan, purpose, granted, at, receivedAt, expiresAt];
  const proof = [notice.version, notice.locale, notice.hash, method, age, evidence];
  return hash('sha256', JSON.stringify([before, ...fields, ...proof]), 'hex');
}

/** What checking a chain found. */
export type ChainCheck =
  | { readonly intact: true; readonly records: number; readonly head: string }
  /** `at`: number of the first record that is missing, altered or out of place. */
  | { readonly intact: false; readonly at: number };

/** Where a chain ends, as the brand holds it apart from the records. */
interface ChainEnd {
  readonly records: number;
  /** Hash of the last record, hexadecimal; '' when there is none. */
  readonly head: string;
}

/** One record with the hash it was stored with. */
export interface ChainLink {
  readonly record: ConsentRecord;
  readonly hash: string;
}

/** Walks a chain from its first record, some records at a time: it may be far too long for one look. */
export class ChainWalk {
  #n = 0;
  #head = '';
  #broken = false;

  /** Records that were good so far. */
  get checked(): number {
    return this.#n;
  }

  /** The next records, in order of n; false when one of them breaks the chain. */
  step(links: Iterable<ChainLink>): boolean {
    for (const { record, hash: stored } of links) {
      if (this.#broken) break;
      const head = linkRecord(this.#head, record);
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

/** Walk a whole chain at once. @param links in order of n */
export function checkChain(links: Iterable<ChainLink>, end: ChainEnd): ChainCheck {
  const walk = new ChainWalk();
  walk.step(links);
  return walk.result(end);
}
