import { W } from './shape.ts';

const BINS = 54;

/**
 * The largest of the values people add to a sum, per window, under additions and removals: counts
 * and sums by powers of two. Exact when one value is in the highest bin; otherwise a bound that is
 * never too small, and of three or more in that bin none can be over half of the sum.
 */
export class Largest {
  readonly #counts = new Int32Array(W * BINS);
  readonly #sums = new Float64Array(W * BINS);

  /** A positive whole value comes (`by` 1) to window w, or goes (−1). */
  move(w: number, value: number, by: 1 | -1): void {
    if (value <= 0) return;
    const bin = w * BINS + Math.floor(Math.log2(value));
    this.#counts[bin]! += by;
    this.#sums[bin]! += by * value;
  }

  /** No value of window w is larger; 0 when there is none. */
  read(w: number): number {
    for (let bin = BINS - 1; bin >= 0; bin--) {
      const count = this.#counts[w * BINS + bin]!;
      if (count === 0) continue;
      const others = (count - 1) * 2 ** bin;
      return Math.min(this.#sums[w * BINS + bin]! - others, 2 ** (bin + 1) - 1);
    }
    return 0;
  }
}
