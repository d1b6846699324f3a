import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Of the timer that measures; its own part of every delay, milliseconds. */
const RESOLUTION_MS = 10;
const SAMPLE_MS = 1_000;

/** As far as a histogram of delays is used here; nanoseconds. */
interface Delays {
  readonly count: number;
  readonly mean: number;
  reset(): void;
}

/**
 * How late the event loop is, by the second: the lesser of the last two means. One long pause is over
 * when it is seen, and a second in which nothing was measured says nothing.
 */
export class LoopDelay {
  readonly #delays: Delays;
  #before = 0;
  #last = 0;

  constructor(delays: Delays) {
    this.#delays = delays;
  }

  /** Milliseconds. */
  get ms(): number {
    return Math.min(this.#before, this.#last);
  }

  /** A second is over. */
  sample(): void {
    if (this.#delays.count === 0) return;
    this.#before = this.#last;
    this.#last = Math.max(0, this.#delays.mean / 1e6 - RESOLUTION_MS);
    this.#delays.reset();
  }
}

/** Measure this process from now on, until told to stop. */
export function watchLoop(): { readonly delay: LoopDelay; readonly stop: () => void } {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  const delay = new LoopDelay(histogram);
  const timer = setInterval(() => delay.sample(), SAMPLE_MS);
  timer.unref();
  return {
    delay,
    stop: () => {
      clearInterval(timer);
      histogram.disable();
    },
  };
}
