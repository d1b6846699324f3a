/** What is kept, and how long. */
export interface RetentionRule {
  readonly what:
    | 'engagement'
    | 'excerpt'
    | 'purchase'
    | 'outgoing'
    | 'minute_rollup'
    | 'hour_rollup'
    | 'consent_proof'
    | 'rights_request'
    | 'audit'
    | 'dead_letter'
    | 'delivery_mark'
    | 'file_import'
    | 'quarantine'
    | 'link'
    | 'visit';
  /** How long after it was made, for a proof after the consent has ended, for a request after it was closed. */
  readonly keep: { readonly count: number; readonly unit: 'minute' | 'day' | 'month' | 'year' };
}

/** The rules a brand's data is kept by, as `/trust` shows them and the job of `store/retention.ts` does them. */
export const RETENTION: readonly RetentionRule[] = [
  { what: 'engagement', keep: { count: 13, unit: 'month' } },
  { what: 'excerpt', keep: { count: 30, unit: 'day' } },
  { what: 'purchase', keep: { count: 13, unit: 'month' } },
  { what: 'outgoing', keep: { count: 13, unit: 'month' } },
  { what: 'minute_rollup', keep: { count: 40, unit: 'day' } },
  { what: 'hour_rollup', keep: { count: 25, unit: 'month' } },
  { what: 'consent_proof', keep: { count: 5, unit: 'year' } },
  { what: 'rights_request', keep: { count: 5, unit: 'year' } },
  // Networks repeat what was not answered for three days at most.
  { what: 'delivery_mark', keep: { count: 4, unit: 'day' } },
  // How far a file came, and which of its lines were rejected, after its last part.
  { what: 'file_import', keep: { count: 30, unit: 'day' } },
  { what: 'dead_letter', keep: { count: 14, unit: 'day' } },
  // Sealed reports of adverse events, after their receipt was acknowledged: `domain/sector/quarantine.ts`.
  { what: 'quarantine', keep: { count: 3, unit: 'day' } },
  { what: 'audit', keep: { count: 2, unit: 'year' } },
  { what: 'link', keep: { count: 7, unit: 'day' } },
  { what: 'visit', keep: { count: 30, unit: 'minute' } },
];

const MINUTE = 60_000;

/** Oldest instant (ms) that is kept under a rule, at the start of a minute. */
export function keptSince(what: RetentionRule['what'], now: number): number {
  return Math.floor(shifted(what, now, -1) / MINUTE) * MINUTE;
}

/** Instant (ms) until which something of the instant `at` is kept under a rule. */
export function keptUntil(what: RetentionRule['what'], at: number): number {
  return shifted(what, at, 1);
}

function shifted(what: RetentionRule['what'], from: number, sign: 1 | -1): number {
  const { count, unit } = RETENTION.find((rule) => rule.what === what)!.keep;
  const by = sign * count;
  if (unit === 'minute' || unit === 'day') return from + by * (unit === 'day' ? 1_440 : 1) * MINUTE;
  const date = new Date(from);
  if (unit === 'month') date.setUTCMonth(date.getUTCMonth() + by);
  else date.setUTCFullYear(date.getUTCFullYear() + by);
  return date.getTime();
}
