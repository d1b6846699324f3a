/** What is kept, and how long. */
export interface RetentionRule {
  readonly what: 'engagement' | 'minute_rollup' | 'consent_proof' | 'link' | 'visit';
  /** How long after it was made, or for a proof after the consent has ended. */
  readonly keep: { readonly count: number; readonly unit: 'minute' | 'day' | 'month' | 'year' };
}

/** The rules a brand's data is kept by, as `/trust` shows them and the job of `store/retention.ts` does them. */
export const RETENTION: readonly RetentionRule[] = [
  { what: 'engagement', keep: { count: 13, unit: 'month' } },
  { what: 'minute_rollup', keep: { count: 13, unit: 'month' } },
  { what: 'consent_proof', keep: { count: 5, unit: 'year' } },
  { what: 'link', keep: { count: 7, unit: 'day' } },
  { what: 'visit', keep: { count: 30, unit: 'minute' } },
];

const MINUTE = 60_000;

/**
 * Oldest instant (ms) that is kept under a rule, at the start of a minute, so that engagements and
 * the rollups of their minute go together.
 */
export function keptSince(what: RetentionRule['what'], now: number): number {
  const { count, unit } = RETENTION.find((rule) => rule.what === what)!.keep;
  const date = new Date(now);
  if (unit === 'month') date.setUTCMonth(date.getUTCMonth() - count);
  else if (unit === 'year') date.setUTCFullYear(date.getUTCFullYear() - count);
  else date.setTime(now - count * (unit === 'day' ? 1_440 : 1) * MINUTE);
  return Math.floor(date.getTime() / MINUTE) * MINUTE;
}
