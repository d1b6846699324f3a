import type { CaseBody, CaseState, PolicyBody } from '@fanfare/contract';
import { m } from '#lib/paraglide/messages.js';

const STATES: Readonly<Record<CaseState, () => string>> = {
  waiting: () => m.safety_state_waiting(),
  handed_over: () => m.safety_state_handed_over(),
  acknowledged: () => m.safety_state_acknowledged(),
  purged: () => m.safety_state_purged(),
};

/** Where a report stands. */
export const stateName = (state: CaseState): string => STATES[state]();

/** What people call a case: as mails do. */
export const shortId = (id: string): string => id.slice(0, 8).toUpperCase();

/** How the hand-over of a report goes, in one line for each channel. */
export function deliveryTexts({ deliveries }: CaseBody): string[] {
  return deliveries.map(({ channel, state, attempts }) => {
    const name = channel === 'mail' ? m.safety_mail() : m.safety_webhook();
    if (state === 'sent') return m.safety_sent({ channel: name });
    return state === 'failed'
      ? m.safety_failed({ channel: name, attempts })
      : m.safety_trying({ channel: name, attempts });
  });
}

/** What a policy does, in plain sentences. */
export function rulesOf(policy: PolicyBody): string[] {
  return [
    policy.youngest === '18+' ? m.safety_rule_adults() : m.safety_rule_young(),
    ...(policy.adverseEvents ? [m.safety_rule_adverse()] : []),
    m.safety_rule_sensitive(),
    ...(policy.healthMessage ? [m.safety_rule_health()] : []),
    ...(policy.ranksPeople ? [] : [m.safety_rule_ranks()]),
    ...(policy.outgoingRules ? [] : [m.safety_rule_outgoing()]),
    ...(policy.sector === 'finance' ? [m.safety_rule_archive()] : []),
    m.safety_rule_voices(),
  ];
}
