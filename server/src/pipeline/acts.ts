import {
  PURPOSES,
  type ConsentBody,
  type ItemFault,
  type Network,
  type Purpose,
  type Sector,
} from '@fanfare/contract';
import { ageAllows } from '../domain/consent.ts';
import type { Rest } from '../domain/consents/rest.ts';
import type { ConsentRegistry } from '../domain/consents/registry.ts';
import type { Recorded } from '../domain/engagement.ts';
import type { NoticeBook } from '../domain/notices.ts';
import type { Pseudonyms } from '../domain/pseudonym.ts';
import type { BrandRef, FanActs, Ledger } from '../parts.ts';

export interface ActsContext {
  readonly ledger: Ledger;
  readonly brand: BrandRef;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly commits: number;
  readonly notices: NoticeBook;
  /** Puts what left the ledger into the counts; `whole` is called in the turn in which readers see it. */
  readonly apply: (recorded: readonly Recorded[], whole: () => void) => Promise<void>;
}

/** Record acts of consent and bring the counts and the registry in line after the commit. */
export async function recordFans(
  fans: readonly FanActs[],
  erase: boolean,
  context: ActsContext,
  consents: ConsentRegistry,
): Promise<void> {
  if (fans.length === 0) return;
  const { ledger, brand, now, commits, notices, apply } = context;
  const gone = erase ? fans.map(({ fan }) => fan) : [];
  const answer = await ledger.consent(brand, { fans, erase: gone, receivedAt: now, commits, notices });
  await apply(answer.recorded, () => {
    for (const { fan, pseudonym, acts } of fans) {
      if (erase) {
        consents.delete(fan);
        continue;
      }
      consents.put(fan, pseudonym, answer.states.get(fan) ?? {}, now);
      // A withdrawal states no age.
      const stated = acts.findLast((act) => Object.values(act.purposes).includes(true));
      if (stated) consents.putAge(fan, stated.age);
    }
  });
}

/**
 * Acts grouped by fan. Acts that give nothing and concern nobody known leave no trace: after
 * erasure a person is simply unknown.
 */
export function byFan(acts: readonly ConsentBody[], consents: ConsentRegistry, names: Pseudonyms): FanActs[] {
  const groups = new Map<string, ConsentBody[]>();
  for (const act of acts) {
    const pseudonym = names.person(act.network, act.fan);
    const group = groups.get(pseudonym);
    if (group) group.push(act);
    else groups.set(pseudonym, [act]);
  }
  return [...groups].flatMap(([pseudonym, list]): FanActs[] => {
    const known = consents.find(pseudonym);
    if (known >= 0) return [{ fan: known, pseudonym, fresh: false, acts: list }];
    const gives = list.some((act) => Object.values(act.purposes).includes(true));
    return gives ? [{ fan: consents.take(), pseudonym, fresh: true, acts: list }] : [];
  });
}

/**
 * What consent law does not allow, per act: a purpose without `measure`, an age too low for the
 * purpose or the trade. Acts of one batch see the ones before them.
 */
export function checkActs(
  acts: readonly ConsentBody[],
  { sector, notices, now }: { readonly sector: Sector; readonly notices: NoticeBook; readonly now: number },
  consents: ConsentRegistry,
  names: Pseudonyms,
): (ItemFault | null)[] {
  const measured = new Map<string, boolean>();
  return acts.map((act) => {
    const given = PURPOSES.filter((purpose) => act.purposes[purpose] === true);
    // No age is too low to withdraw.
    if (given.length > 0 && !ageAllows(act.age, sector, given)) {
      return { code: 'under_age', field: 'age', detail: 'this age may not consent to that here' };
    }
    if (given.length > 0 && !notices.knows(act.notice.version)) {
      return { code: 'unknown_notice', field: 'notice.version', detail: 'no such notice is published' };
    }
    const name = names.person(act.network, act.fan);
    const known = consents.find(name);
    const before = measured.get(name) ?? (known >= 0 && consents.consents(known, now));
    const after = act.purposes.measure ?? before;
    if (given.length > 0 && !after) {
      return { code: 'needs_measure', field: 'purposes', detail: 'every other purpose needs measure' };
    }
    measured.set(name, after);
    return null;
  });
}

/** A withdrawal through the API, as an act of now. */
export function withdrawal(
  network: Network,
  fan: string,
  purposes: readonly Purpose[],
  now: number,
): ConsentBody {
  return {
    network,
    fan,
    purposes: Object.fromEntries(purposes.map((purpose) => [purpose, false])),
    at: now,
    // A withdrawal asks for neither: both stand for "as last stated".
    age: '18+',
    method: 'api',
    notice: { version: '-', locale: '-' },
  };
}

/** Somebody's account rests, or is back; nobody for someone unknown. */
export function restOf(pseudonym: string, rest: Rest, consents: ConsentRegistry): FanActs[] {
  const fan = consents.find(pseudonym);
  return fan < 0 ? [] : [{ fan, pseudonym, fresh: false, acts: [], rest }];
}

/** Fans who were erased and are there again, because a backup was taken back in: to be erased anew. */
export async function leaversBack(ledger: Ledger, brand: BrandRef, now: number): Promise<FanActs[]> {
  const act = withdrawal('other', '-', PURPOSES, now);
  return (await ledger.returned(brand)).map((fan) => ({ ...fan, fresh: false, acts: [act] }));
}
