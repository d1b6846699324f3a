import {
  formatInstant,
  type NewRuleWebhook,
  type RuleBody,
  type RuleCounts,
  type RuleDraft,
  type RuleWebhook,
} from '@fanfare/contract';
import type { HitCounts, Outgoing } from '../domain/rules/port.ts';
import type { Rule, RuleRecord } from '../domain/rules/rule.ts';
import { isHidden } from '../domain/suppression.ts';

/** The rule of a draft. */
export function ruleOf({ name, quiet, ...draft }: RuleDraft): Rule {
  const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
  return {
    ...{ ...draft, name: name.trim() },
    quiet: quiet && { from: minutes(quiet.from), to: minutes(quiet.to) },
  };
}

/** A rule as the API shows it. @param counts of all rules of the brand @param k people below which none is told */
export function ruleBody(
  { id, rule, since, createdAt }: RuleRecord,
  counts: readonly HitCounts[],
  k: number,
): RuleBody {
  const { quiet, ...draft } = rule;
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const of = (state: HitCounts['state']): RuleCounts['sent'] => {
    const fans = counts.find((one) => one.rule === id && one.state === state)?.fans ?? 0;
    return isHidden(fans, k) ? null : fans;
  };
  return {
    ...{ id, ...draft },
    quiet: quiet && { from: clock(quiet.from), to: clock(quiet.to) },
    on: since !== null,
    since: since === null ? null : formatInstant(since),
    createdAt: formatInstant(createdAt),
    counts: { sent: of('sent'), waiting: of('waiting'), failed: of('failed'), stopped: of('stopped') },
  };
}

/** Where rules send to, without the key. @param key made just now: its secret is shown this once */
export function webhookBody({ webhook, provenAt }: Outgoing, key?: Uint8Array): NewRuleWebhook | null {
  if (webhook === null) return null;
  const body: RuleWebhook = { webhook, provenAt: provenAt === null ? null : formatInstant(provenAt) };
  return key ? { ...body, secret: `whsec_${Buffer.from(key).toString('base64')}` } : body;
}
