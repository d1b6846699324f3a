import type { Change } from './rollup.ts';

/** Where a brand's rollups change their form; hours and minutes are UTC, since 1970. */
export interface RollupEdges {
  /** Hours before it are folded: their rollups by the hour exist and follow every change. */
  readonly foldedUntil: number;
  /** Minutes before it have no rollups of their own any more. */
  readonly minutesFrom: number;
  /** Hours before it are frozen: the ledger has let them go, and nothing changes them. */
  readonly heldFrom: number;
}

/** Plus or minus on one rollup of an hour. */
export type HourChange = Omit<Change, 'minute'> & { readonly hour: number };

/** Those of some counts by the minute whose minute has rollups (or refusals) of its own. */
export function ofMinutes<T extends { readonly minute: number }>(
  counts: readonly T[],
  { minutesFrom }: RollupEdges,
): readonly T[] {
  return counts.every(({ minute }) => minute >= minutesFrom)
    ? counts
    : counts.filter(({ minute }) => minute >= minutesFrom);
}

/** Those whose hour is folded and not frozen. */
export function ofFoldedHours<T extends { readonly minute: number }>(
  counts: readonly T[],
  { foldedUntil, heldFrom }: RollupEdges,
): readonly T[] {
  return counts.filter(({ minute }) => minute < foldedUntil * 60 && minute >= heldFrom * 60);
}

/** What changes by the minute mean for the rollups of their hours; what cancels out is left away. */
export function byHour(changes: readonly Change[]): HourChange[] {
  const hours = new Map<string, HourChange>();
  for (const { minute, ...change } of changes) {
    const hour = Math.floor(minute / 60);
    const { network, kind, campaign, language } = change;
    const key = `${hour},${network},${kind},${language},${campaign}`;
    const sum = hours.get(key);
    if (!sum) {
      hours.set(key, { hour, ...change });
      continue;
    }
    sum.engagements += change.engagements;
    sum.positive += change.positive;
    sum.neutral += change.neutral;
    sum.negative += change.negative;
  }
  return [...hours.values()].filter(
    (c) => c.engagements !== 0 || c.positive !== 0 || c.neutral !== 0 || c.negative !== 0,
  );
}
