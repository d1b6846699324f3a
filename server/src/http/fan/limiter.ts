import type { Clock } from '../../parts.ts';

/** Addresses remembered in one window; later ones share one allowance. */
const MOST_KEYS = 10_000;

/** At most so many attempts per key and window of time; in memory, bounded, nothing outlives its window. */
export class Limiter {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #windowMs: number;
  readonly #taken = new Map<string, number>();
  #window = -1;

  constructor(clock: Clock, most: number, windowMs = 60_000) {
    this.#clock = clock;
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Take one attempt; false when there is none left in this window. */
  take(key: string): boolean {
    const window = Math.floor(this.#clock() / this.#windowMs);
    if (window !== this.#window) {
      this.#taken.clear();
      this.#window = window;
    }
    const own = this.#taken.has(key) || this.#taken.size < MOST_KEYS ? key : '';
    const taken = (this.#taken.get(own) ?? 0) + 1;
    this.#taken.set(own, taken);
    return taken <= this.#most;
  }
}
