import { RULE_LIMITS } from '@fanfare/contract';
import { Fault } from '../domain/fault.ts';
import { wouldMeet } from '../domain/rules/hit.ts';
import type { RuleHits } from '../domain/rules/port.ts';
import { DAY_MS, type Rule } from '../domain/rules/rule.ts';
import type { BrandRef, Clock } from '../parts.ts';

/** Fans looked at in one statement, and acts of each: the latest. */
const [AT_ONCE, ACTS] = [500, 1_000];
/** Longest trial, milliseconds. */
const PATIENCE = 15_000;
/** No rule has this number: nothing was told under it yet. */
const NO_RULE = 0;

/** Tries a rule on the last seven days; gives how many fans would have been told of. @throws Fault overloaded */
export type Trial = (brand: BrandRef, rule: Rule) => Promise<number>;

/** One trial at a time; it sends nothing and keeps nothing. */
export function createTrial(hits: Pick<RuleHits, 'look'>, clock: Clock): Trial {
  let busy = false;
  return async (brand, rule) => {
    if (busy) throw new Fault('overloaded');
    busy = true;
    try {
      return await count(hits, brand, rule, clock);
    } finally {
      busy = false;
    }
  };
}

async function count(
  hits: Pick<RuleHits, 'look'>,
  brand: BrandRef,
  rule: Rule,
  clock: Clock,
): Promise<number> {
  const now = clock();
  const from = now - RULE_LIMITS.trialDays * DAY_MS;
  const started = performance.now();
  let found = 0;
  for (let after = 0; ;) {
    const look = { fans: { after, most: AT_ONCE }, from, acts: ACTS, now };
    const facts = await hits.look(brand, NO_RULE, rule, look);
    found += facts.filter((one) => wouldMeet(rule, one, from, now)).length;
    if (facts.length < AT_ONCE) return found;
    if (performance.now() - started > PATIENCE)
      throw new Fault('overloaded', 'there are too many fans to try it on');
    after = facts.at(-1)!.fan;
  }
}
