import {
  DAY_MS,
  agreedSince,
  agreedUntil,
  spanOf,
  type FanFacts,
  type Rule,
  type RuleRecord,
} from './rule.ts';

/**
 * Does this fan meet the rule now? Gives the instant of the last act that counted, `null` when not.
 * An act counts when it lies in the window that ends now, after the rule was switched on, within the
 * consents that are in force now, and after what is once in `days` days is over: nothing counts twice.
 */
export function hitOf({ rule, since }: RuleRecord, facts: FanFacts, now: number): number | null {
  if (since === null || facts.waiting) return null;
  const agreed = agreedSince(rule, facts, now);
  if (agreed === null) return null;
  const again = facts.last === null ? 0 : facts.last + rule.days * DAY_MS;
  if (again > now) return null;
  const from = Math.max(since, agreed, again, now - spanOf(rule.window) + 1);
  return lastOf(rule, facts, from, agreedUntil(rule, facts));
}

/**
 * Is what was met at `at` still so: are the acts still there, that one among them, and covered by
 * consents that are in force, unbroken, at each of them and now?
 */
export function stillMet({ rule, since }: RuleRecord, facts: FanFacts, at: number, now: number): boolean {
  const agreed = agreedSince(rule, facts, now);
  if (since === null || agreed === null) return false;
  const from = Math.max(since, agreed, at - spanOf(rule.window) + 1);
  return lastOf(rule, facts, from, Math.min(agreedUntil(rule, facts), at + 1)) === at;
}

/** Would the rule, switched on at `since`, have been met by this fan up to `now`? @param facts with all acts since */
export function wouldMeet(rule: Rule, facts: FanFacts, since: number, now: number): boolean {
  const agreed = agreedSince(rule, facts, now);
  if (agreed === null) return false;
  const until = agreedUntil(rule, facts);
  const acts = facts.acts.filter((at) => at >= Math.max(since, agreed) && at < until);
  return acts.some((at, i) => {
    const first = acts[i + rule.count - 1];
    return first !== undefined && at - first < spanOf(rule.window);
  });
}

function lastOf({ count }: Rule, { acts }: FanFacts, from: number, before: number): number | null {
  const counted = acts.filter((at) => at >= from && at < before);
  return counted.length >= count ? Math.max(...counted) : null;
}
