import { IS_AMPLIFYING } from '../engagement.ts';
import { AMPLIFIER, DIM, FOLLOWERS } from './cells.ts';
import { Largest } from './largest.ts';
import type { Latest } from './latest.ts';
import { NONE, type Rows } from './rows.ts';
import { W, firstWindow } from './shape.ts';

/**
 * Potential reach: over fans who amplified in the window, the sum of the followers each had at the
 * latest of their engagements in the window that knew them. Both the latest amplifying row and the
 * latest row with followers must be in the window; the older of the two decides when it ends.
 */
export class AmplifierCounts {
  readonly #rows: Rows;
  readonly #latest: Latest;
  readonly #sums = new Float64Array(W);
  readonly #known = new Int32Array(W);
  readonly #largest = new Largest();

  constructor(rows: Rows, latest: Latest) {
    this.#rows = rows;
    this.#latest = latest;
  }

  /** Can this row change what its fan contributes? */
  counts(row: number): boolean {
    const { kind, followers } = this.#rows.at;
    return IS_AMPLIFYING[kind[row]!] === true || followers[row] !== NONE;
  }

  /** Add or take back what a fan contributes; call before and after the fan's rows change. */
  move(fan: number, starts: readonly number[], by: 1 | -1): void {
    const carried = this.#latest.get(fan, DIM.amplifier, AMPLIFIER);
    const known = this.#latest.get(fan, DIM.followers, FOLLOWERS);
    if (carried === NONE || known === NONE) return;
    const { minute, followers } = this.#rows.at;
    const first = firstWindow(starts, Math.min(minute[carried]!, minute[known]!));
    for (let w = first; w < W; w++) this.#add(w, followers[known]!, by);
  }

  /** The row's minute slides out of window w. */
  leave(row: number, w: number): void {
    const { fan, minute, followers, latest } = this.#rows.at;
    const mine = fan[row]!;
    if (latest[row]! & (1 << DIM.amplifier)) {
      const known = this.#latest.get(mine, DIM.followers, FOLLOWERS);
      if (known !== NONE && minute[known]! >= minute[row]!) {
        this.#add(w, followers[known]!, -1);
        return;
      }
    }
    if (latest[row]! & (1 << DIM.followers)) {
      const carried = this.#latest.get(mine, DIM.amplifier, AMPLIFIER);
      if (carried !== NONE && minute[carried]! > minute[row]!) this.#add(w, followers[row]!, -1);
    }
  }

  /** Sum of followers in window w. */
  read(w: number): number {
    return this.#sums[w]!;
  }

  /** Amplifying fans of window w whose followers are known. */
  known(w: number): number {
    return this.#known[w]!;
  }

  /** No amplifying fan of window w has more followers. */
  largest(w: number): number {
    return this.#largest.read(w);
  }

  #add(w: number, followers: number, by: 1 | -1): void {
    this.#sums[w]! += by * followers;
    this.#known[w]! += by;
    this.#largest.move(w, followers, by);
  }
}
