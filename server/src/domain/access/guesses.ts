/** Guessers remembered in one window; later ones share one count. */
const MOST_KEYS = 10_000;

/**
 * Counts wrong guesses per guesser. After too many every guess is refused unread, right ones too,
 * until the window of time is over: then somebody honest gets in.
 */
export class Guesses {
  readonly #clock: () => number;
  readonly #most: number;
  readonly #windowMs: number;
  readonly #wrong = new Map<string, number>();
  #window = -1;

  constructor(clock: () => number, most = 10, windowMs = 900_000) {
    this.#clock = clock;
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Seconds until these guessers may try again, 0 when they may now. */
  wait(keys: readonly string[]): number {
    const now = this.#turn();
    const locked = keys.some((key) => (this.#wrong.get(this.#own(key)) ?? 0) >= this.#most);
    return locked ? Math.ceil(((this.#window + 1) * this.#windowMs - now) / 1_000) : 0;
  }

  /** One of theirs was wrong. */
  wrong(keys: readonly string[]): void {
    this.#turn();
    for (const key of keys.map((one) => this.#own(one)))
      this.#wrong.set(key, (this.#wrong.get(key) ?? 0) + 1);
  }

  /** One that was counted before it was looked at was right. */
  right(keys: readonly string[]): void {
    this.#turn();
    for (const key of keys.map((one) => this.#own(one)))
      this.#wrong.set(key, Math.max(0, (this.#wrong.get(key) ?? 0) - 1));
  }

  #own(key: string): string {
    return this.#wrong.has(key) || this.#wrong.size < MOST_KEYS ? key : '';
  }

  #turn(): number {
    const now = this.#clock();
    const window = Math.floor(now / this.#windowMs);
    if (window !== this.#window) this.#wrong.clear();
    this.#window = window;
    return now;
  }
}
