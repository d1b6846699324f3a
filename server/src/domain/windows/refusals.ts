import { W, firstWindow } from './shape.ts';

/** Refused engagements per minute and their sums per window: bare counts, about nobody. */
export class RefusalCounts {
  readonly #minutes = new Map<number, number>();
  readonly #sums = new Float64Array(W);

  /** @param count how many were refused in `minute` */
  add(minute: number, count: number, starts: readonly number[]): void {
    const first = firstWindow(starts, minute);
    if (first === W) return;
    this.#minutes.set(minute, (this.#minutes.get(minute) ?? 0) + count);
    for (let w = first; w < W; w++) this.#sums[w]! += count;
  }

  /** Minutes before `to` slide out of window w. */
  slide(w: number, from: number, to: number): void {
    const leave = (minute: number) => {
      this.#sums[w]! -= this.#minutes.get(minute) ?? 0;
      if (w === W - 1) this.#minutes.delete(minute);
    };
    if (to - from > this.#minutes.size) {
      for (const minute of [...this.#minutes.keys()]) if (minute >= from && minute < to) leave(minute);
    } else for (let minute = from; minute < to; minute++) leave(minute);
  }

  /** Refused in window w. */
  read(w: number): number {
    return this.#sums[w]!;
  }
}
