import { WINDOW_SHAPES, type Purpose, type RuleCondition, type WindowName } from '@fanfare/contract';
import type { QuietHours } from '../alerts/rule.ts';
import type { BrandRef } from '../brand.ts';
import type { Grant } from '../consent.ts';

/** What the brand wants to be told of. */
export interface Rule extends RuleCondition {
  readonly name: string;
  /** At most once in so many days for each fan. */
  readonly days: number;
  readonly quiet: QuietHours | null;
  /** At most so many fans a day of the brand. */
  readonly perDay: number;
}

/** A rule as it is kept. Instants in milliseconds. */
export interface RuleRecord {
  readonly brand: BrandRef;
  readonly id: number;
  /** Raised by every change. */
  readonly rev: number;
  readonly rule: Rule;
  /** Acts count from here on; `null` while the rule is off. */
  readonly since: number | null;
  readonly createdAt: number;
}

/** What a decision about one fan rests on. Instants in milliseconds. */
export interface FanFacts {
  readonly fan: number;
  readonly adult: boolean;
  /** Their account rests at its network. */
  readonly resting: boolean;
  /** What is in force by itself, whenever it ends. */
  readonly grants: Readonly<Partial<Record<Purpose, Grant>>>;
  /** Number of the consent record that gave `offers` last. */
  readonly basis: number | null;
  /** How often this rule was met by them, whether the last time still waits, and when it was settled. */
  readonly turn: number;
  readonly waiting: boolean;
  readonly last: number | null;
  /** Instants of what they did of the rule's kinds, the latest first; not more than were asked for. */
  readonly acts: readonly number[];
}

export const DAY_MS = 86_400_000;

/** Length of a window, milliseconds. */
export function spanOf(window: WindowName): number {
  const { grain, buckets } = WINDOW_SHAPES[window];
  return grain * buckets * 60_000;
}

/** Purposes that must be in force for a rule: what was bought is told of under `purchases` alone. */
export function purposesOf({ kinds }: Pick<RuleCondition, 'kinds'>): readonly Purpose[] {
  return kinds.includes('purchase') ? ['measure', 'offers', 'purchases'] : ['measure', 'offers'];
}

/**
 * Since when, unbroken, everything a rule rests on is in force at `now`; `null` when something is not,
 * or when the fan may not be told of: minors never are, and who rests is left in peace.
 */
export function agreedSince(rule: Pick<RuleCondition, 'kinds'>, facts: FanFacts, now: number): number | null {
  if (!facts.adult || facts.resting || facts.basis === null) return null;
  let since = 0;
  for (const purpose of purposesOf(rule)) {
    const grant = facts.grants[purpose];
    if (!grant || grant.until <= now || grant.from > now) return null;
    since = Math.max(since, grant.from);
  }
  return since;
}

/** Until when everything a rule rests on is in force: an act after it counts for nothing. */
export function agreedUntil(rule: Pick<RuleCondition, 'kinds'>, { grants }: FanFacts): number {
  return Math.min(...purposesOf(rule).map((purpose) => grants[purpose]?.until ?? 0));
}
