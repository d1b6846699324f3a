/** What is kept, and how long. */
export interface RetentionRule {
  readonly what:
    'excerpt' | 'engagement' | 'minute_rollup' | 'hour_rollup' | 'consent_proof' | 'link' | 'visit';
  /** How long after it was made, or for a proof after the consent has ended. */
  readonly keep: { readonly count: number; readonly unit: 'minute' | 'day' | 'month' | 'year' };
}

/** The rules a brand's data is kept by, as `/trust` shows them. */
export const RETENTION: readonly RetentionRule[] = [
  { what: 'engagement', keep: { count: 13, unit: 'month' } },
  { what: 'minute_rollup', keep: { count: 40, unit: 'day' } },
  { what: 'hour_rollup', keep: { count: 25, unit: 'month' } },
  { what: 'excerpt', keep: { count: 30, unit: 'day' } },
  { what: 'consent_proof', keep: { count: 5, unit: 'year' } },
  { what: 'link', keep: { count: 7, unit: 'day' } },
  { what: 'visit', keep: { count: 30, unit: 'minute' } },
];
