import type { ConsentState } from '../consent.ts';
import { PURPOSE_BITS, type WordPurpose } from '../excerpts/excerpt.ts';

const PURPOSES = Object.keys(PURPOSE_BITS) as readonly WordPurpose[];

/**
 * Who lets their words be shown, per fan number. Few do, so nothing is held before the first one;
 * then 32 bytes a fan.
 */
export class WordConsents {
  /** [fan × 4]: quote from, quote until, wall from, wall until; 0 for none. */
  #grants = new Float64Array(0);
  #size = 0;

  /** Fans who gave one of them, in force or run out. */
  get size(): number {
    return this.#size;
  }

  put(fan: number, state: ConsentState): void {
    this.delete(fan);
    if (!state.quote && !state.wall) return;
    if (this.#grants.length < fan * 4 + 4) this.#grow(fan);
    PURPOSES.forEach((purpose, i) => {
      const grant = state[purpose];
      if (grant) this.#grants.set([grant.from, grant.until], fan * 4 + i * 2);
    });
    this.#size++;
  }

  delete(fan: number): void {
    const own = this.#grants.subarray(fan * 4, fan * 4 + 4);
    if (!own.some((instant) => instant !== 0)) return;
    own.fill(0);
    this.#size--;
  }

  /** The purposes (bits) in force at `at` whose consent is in force at `now`, milliseconds. */
  covers(fan: number, at: number, now: number): number {
    let bits = 0;
    PURPOSES.forEach((purpose, i) => {
      const from = this.#grants[fan * 4 + i * 2] ?? 0;
      const until = this.#grants[fan * 4 + i * 2 + 1] ?? 0;
      if (until !== 0 && from <= at && until > at && until > now) bits |= PURPOSE_BITS[purpose];
    });
    return bits;
  }

  #grow(fan: number): void {
    const grown = new Float64Array(Math.ceil((fan + 1) * 1.3) * 4);
    grown.set(this.#grants);
    this.#grants = grown;
  }
}
