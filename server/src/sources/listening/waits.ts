const [SHORTEST, LONGEST] = [500, 20_000];

/**
 * Milliseconds to wait before trying again: any time up to a bound that doubles with each failure, so
 * that many who lost one server do not come back together. @param chance in [0, 1)
 */
export function waitAfter(failures: number, chance: number, shortest = SHORTEST): number {
  return Math.round(chance * Math.min(LONGEST, shortest * 2 ** Math.min(failures, 10)));
}

/** A wait that ends early with the signal; it never rejects. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(end, ms);
    function end() {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
    signal.addEventListener('abort', end);
  });
}
