/** Longest and shortest wait before a new connection, milliseconds. */
const BACKOFF = { least: 500, most: 20_000 } as const;

/**
 * Wait before attempt `n` (0, 1, 2 …) with full jitter, so that a herd does not come back at once:
 * between 0.5 s and min(20 s, 1 s · 2ⁿ). `chance` is in [0, 1).
 */
export function backoff(n: number, chance: number): number {
  const ceiling = Math.min(BACKOFF.most, 1000 * 2 ** Math.min(n, 10));
  return Math.round(BACKOFF.least + chance * (ceiling - BACKOFF.least));
}
