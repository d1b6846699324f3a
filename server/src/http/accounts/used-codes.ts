import type { Clock } from '../../parts.ts';

/** A code of an application is good in its own half minute and in the ones beside it. */
const GOOD_MS = 90_000;

/** Codes that have opened a sign-in: each does so once (RFC 6238 §5.2). In memory, forgotten with the code. */
export class UsedCodes {
  readonly #clock: Clock;
  /** Until when each is remembered, the oldest first. */
  readonly #used = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Use a code of somebody; false when it was used before. */
  take(user: string, code: string): boolean {
    const now = this.#clock();
    for (const [key, until] of this.#used) {
      if (until > now) break;
      this.#used.delete(key);
    }
    const key = `${code} ${user}`;
    if (this.#used.has(key)) return false;
    this.#used.set(key, now + GOOD_MS);
    return true;
  }
}
