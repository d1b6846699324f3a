import { WINDOWS, WINDOW_SHAPES, windowStart } from '@fanfare/contract';

/** Number of windows; index 0 is the shortest, and each window holds the ones before it. */
export const W = WINDOWS.length;

/** Minutes per bucket of window w. */
export const GRAIN: readonly number[] = WINDOWS.map((name) => WINDOW_SHAPES[name].grain);

/** Buckets of window w. */
export const BUCKETS: readonly number[] = WINDOWS.map((name) => WINDOW_SHAPES[name].buckets);

/** Index of the window that holds a whole day of minutes, and of the longest one. */
export const DAY = WINDOWS.indexOf('24h');
export const LONGEST = W - 1;

/** First minute of every window whose newest bucket holds `minute`. */
export function startsAt(minute: number): number[] {
  return WINDOWS.map((name) => windowStart(name, minute));
}

/** Index of the shortest window that holds `minute`, W for none; all longer ones hold it too. */
export function firstWindow(starts: readonly number[], minute: number): number {
  for (let w = 0; w < W; w++) if (minute >= starts[w]!) return w;
  return W;
}
