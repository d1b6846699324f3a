/** Two intervals that differ by this at most are alike, milliseconds: commits wait for each other and for frames. */
const JITTER = 6;
/** So many like intervals in a row are a beat, hardly chance. */
const STEADY = 2;
/** A next commit this close is waited for, milliseconds. */
const SIGHT = 6;
/** How long before a commit a frame is best due, milliseconds: it then waits for it, and comes neither before nor after. */
const LEAD = 3;

/**
 * Foresees the next commit while they come at a beat, as those of programs do. A frame that goes right
 * before a commit would leave it to the next one, 0.1 s later; right after it, it carries it at once.
 */
export class Beat {
  #last = -Infinity;
  #interval = Infinity;
  /** Like intervals in a row. */
  #alike = 0;

  /** When something was last committed, by `performance.now()`. */
  get last(): number {
    return this.#last;
  }

  /** Something was committed. @param now by `performance.now()` */
  note(now: number): void {
    const interval = now - this.#last;
    this.#alike = Math.abs(interval - this.#interval) < JITTER ? this.#alike + 1 : 0;
    this.#interval = interval;
    this.#last = now;
  }

  /** Is a commit due within moments? */
  isNear(now: number): boolean {
    const next = this.#next(now);
    return this.#alike > 0 && next > -LEAD && next < SIGHT;
  }

  /** How much later a frame would meet the next commit, milliseconds; 0 when there is no beat. */
  lag(now: number): number {
    return this.#alike >= STEADY ? Math.max(0, this.#next(now) - LEAD) : 0;
  }

  #next(now: number): number {
    return this.#last + this.#interval - now;
  }
}
