import type { RuleBody, RuleCondition } from '@fanfare/contract';
import { actName } from '#lib/fan/words.ts';
import type { Format } from '#lib/format.ts';
import { networkName, windowShort } from '#lib/names.ts';
import { m } from '#lib/paraglide/messages.js';

/** `Au moins 3 fois en 7 j : commentaire, partage (Instagram, campagne noel)`. */
export function conditionText({ kinds, network, campaign, object, count, window }: RuleCondition): string {
  const where = [
    ...(network === null ? [] : [networkName(network)]),
    ...(campaign === null ? [] : [m.rules_in_campaign({ campaign })]),
    ...(object === null ? [] : [m.rules_on_object({ object })]),
  ];
  const what = { window: windowShort(window), kinds: kinds.map((kind) => actName(kind)).join(', ') };
  const text = count === 1 ? m.rules_once(what) : m.rules_times({ ...what, count });
  return where.length > 0 ? `${text} (${where.join(', ')})` : text;
}

/** What became of it in 30 days, by state; a number about fewer than k people is not told. */
export function countTexts({ counts }: RuleBody, k: number, format: Format): string[] {
  const fans = (value: number | null) => (value === null ? `< ${k}` : format.count(value));
  return [
    m.rules_sent({ fans: fans(counts.sent) }),
    m.rules_waiting({ fans: fans(counts.waiting) }),
    ...(counts.failed === 0 ? [] : [m.rules_failed({ fans: fans(counts.failed) })]),
    ...(counts.stopped === 0 ? [] : [m.rules_stopped({ fans: fans(counts.stopped) })]),
  ];
}
