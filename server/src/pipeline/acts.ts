import type { ConsentBody } from '@fanfare/contract';
import type { ConsentRegistry } from '../domain/consents/registry.ts';
import type { Recorded } from '../domain/engagement.ts';
import type { Pseudonyms } from '../domain/pseudonym.ts';
import type { BrandRef, FanActs, Ledger } from '../parts.ts';

export interface ActsContext {
  readonly ledger: Ledger;
  readonly brand: BrandRef;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly commits: number;
}

export interface ActsAnswer {
  readonly recorded: readonly Recorded[];
  /** False when there was nothing to record. */
  readonly committed: boolean;
}

/**
 * Record acts of consent and bring the registry in line after the commit. Acts that give nothing
 * and concern nobody known leave no trace: after erasure a person is simply unknown.
 */
export async function recordActs(
  acts: readonly ConsentBody[],
  erase: boolean,
  context: ActsContext,
  consents: ConsentRegistry,
  names: Pseudonyms,
): Promise<ActsAnswer> {
  const fans = byFan(acts, consents, names);
  if (fans.length === 0) return { recorded: [], committed: false };
  const { ledger, brand, now, commits } = context;
  const gone = erase ? fans.map(({ fan }) => fan) : [];
  const answer = await ledger.consent(brand, { fans, erase: gone, receivedAt: now, commits });
  for (const { fan, pseudonym } of fans) {
    if (erase) consents.delete(fan);
    else consents.put(fan, pseudonym, answer.states.get(fan) ?? {}, now);
  }
  return { recorded: answer.recorded, committed: true };
}

function byFan(acts: readonly ConsentBody[], consents: ConsentRegistry, names: Pseudonyms): FanActs[] {
  const groups = new Map<string, ConsentBody[]>();
  for (const act of acts) {
    const pseudonym = names.person(act.network, act.fan);
    const group = groups.get(pseudonym);
    if (group) group.push(act);
    else groups.set(pseudonym, [act]);
  }
  return [...groups].flatMap(([pseudonym, list]) => {
    const known = consents.find(pseudonym);
    if (known >= 0) return [{ fan: known, pseudonym, fresh: false, acts: list }];
    const gives = list.some((act) => Object.values(act.purposes).includes(true));
    return gives ? [{ fan: consents.take(), pseudonym, fresh: true, acts: list }] : [];
  });
}
