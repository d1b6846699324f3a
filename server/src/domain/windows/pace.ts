import { NONE, type Rows } from './rows.ts';

const WEEK = 7 * 1_440;
/** Minutes compared: a quarter of an hour. */
export const QUARTER = 15;
/** Weeks looked back on; this many at least must be known. */
export const WEEKS = 4;

/** What velocity is read from. */
export interface Pace {
  /** Engagements of the last 15 complete minutes, and their distinct fans. */
  readonly recent: number;
  readonly fans: number;
  /** Engagements of the same quarter-hour of the weeks before, as far back as the brand is known. */
  readonly before: readonly number[];
}

/** Engagements per minute over the last 30 days, for comparing a quarter-hour with weeks before. */
export class PaceCounts {
  readonly #rows: Rows;
  readonly #minutes = new Map<number, number>();
  /** Oldest minute held, or null when it must be looked up again. */
  #oldest: number | null = null;

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** An engagement of `minute` appears (`by` 1) or goes (−1). */
  move(minute: number, by: 1 | -1): void {
    const count = (this.#minutes.get(minute) ?? 0) + by;
    if (count > 0) this.#minutes.set(minute, count);
    else this.#minutes.delete(minute);
    if (by > 0 && this.#oldest !== null && minute < this.#oldest) this.#oldest = minute;
    if (count <= 0 && minute === this.#oldest) this.#oldest = null;
  }

  /** @param now the minute that is running: the quarter-hour ends before it */
  read(now: number): Pace {
    const oldest = this.#findOldest();
    const before: number[] = [];
    for (let week = 1; week <= WEEKS; week++) {
      const start = now - QUARTER - week * WEEK;
      if (start >= oldest) before.push(this.#sum(start));
    }
    return { recent: this.#sum(now - QUARTER), fans: this.#fans(now - QUARTER, now), before };
  }

  #findOldest(): number {
    if (this.#oldest === null) {
      let oldest = Number.POSITIVE_INFINITY;
      for (const minute of this.#minutes.keys()) oldest = Math.min(oldest, minute);
      this.#oldest = oldest;
    }
    return this.#oldest;
  }

  #sum(start: number): number {
    let sum = 0;
    for (let minute = start; minute < start + QUARTER; minute++) sum += this.#minutes.get(minute) ?? 0;
    return sum;
  }

  /** Distinct fans: rows of the span whose fan has no newer row in it. */
  #fans(from: number, to: number): number {
    const { minute, bucketNext, fanPrev } = this.#rows.at;
    let fans = 0;
    for (let at = from; at < to; at++) {
      for (let row = this.#rows.bucket(at); row !== NONE; row = bucketNext[row]!) {
        const newer = fanPrev[row]!;
        if (newer === NONE || minute[newer]! >= to) fans++;
      }
    }
    return fans;
  }
}
