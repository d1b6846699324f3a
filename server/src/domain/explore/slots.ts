import { KINDS, NETWORKS } from '@fanfare/contract';
import type { Columns, FanRows } from './columns.ts';
import type { Period } from './period.ts';
import { DEAD, KIND_OF, MOST_KEYS, NETWORK_OF } from './shape.ts';

/** The keys of each axis in a period, by slot, and the slot of each code of a network and kind, of a campaign and language. */
export interface Slots {
  /** By axis; `null` stands for all keys that are not listed. */
  readonly keys: readonly (readonly (string | null)[])[];
  readonly networkOf: Uint8Array;
  readonly kindOf: Uint8Array;
  readonly campaignOf: Uint8Array;
  readonly languageOf: Uint8Array;
}

/**
 * Give each key a slot. Of more than 32 campaigns (or languages) the 31 with the most engagements
 * in the period have one each: the same ones whatever else is asked of it.
 * @param places hour and step of each quarter, see `placesOf`
 */
export function slotsOf(columns: Columns, period: Period, places: Int16Array): Slots {
  const { list } = columns.pairs;
  const campaigns = new Set(list.map(([campaign]) => campaign));
  const languages = new Set(list.map(([, language]) => language));
  const many = campaigns.size > MOST_KEYS || languages.size > MOST_KEYS;
  const counts = many ? countPairs([columns.base, columns.tail()], places, list.length) : null;
  const ofCampaign = ranked(campaigns, 0, list, counts);
  const ofLanguage = ranked(languages, 1, list, counts);
  const codes = [...columns.seen.keys()].filter((nk) => columns.seen[nk]);
  const networks = NETWORKS.filter((_, i) => codes.some((nk) => NETWORK_OF[nk] === i));
  const kinds = KINDS.filter((_, i) => codes.some((nk) => KIND_OF[nk] === i));
  return {
    keys: [
      networks,
      kinds,
      ofCampaign,
      ofLanguage,
      Array.from({ length: 24 }, (_, hour) => String(hour)),
      period.steps.map(String),
    ],
    networkOf: NETWORK_OF.map((one) => Math.max(0, networks.indexOf(NETWORKS[one]!))),
    kindOf: KIND_OF.map((one) => Math.max(0, kinds.indexOf(KINDS[one]!))),
    campaignOf: Uint8Array.from(list, ([campaign]) => slotOf(ofCampaign, campaign)),
    languageOf: Uint8Array.from(list, ([, language]) => slotOf(ofLanguage, language)),
  };
}

function slotOf(keys: readonly (string | null)[], key: string): number {
  const found = keys.indexOf(key);
  return found < 0 ? keys.length - 1 : found;
}

function ranked(
  all: ReadonlySet<string>,
  part: 0 | 1,
  list: readonly (readonly [string, string])[],
  counts: Float64Array | null,
): (string | null)[] {
  if (all.size <= MOST_KEYS || !counts) return [...all].sort();
  const sums = new Map<string, number>();
  list.forEach((pair, i) => sums.set(pair[part], (sums.get(pair[part]) ?? 0) + counts[i]!));
  const order = [...sums].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return [...order.slice(0, MOST_KEYS - 1).map(([key]) => key), null];
}

function countPairs(rows: readonly FanRows[], places: Int16Array, pairs: number): Float64Array {
  const counts = new Float64Array(pairs);
  for (const { nk, pair, quarter } of rows)
    for (let i = 0; i < nk.length; i++) if (places[quarter[i]!]! >= 0 && nk[i] !== DEAD) counts[pair[i]!]!++;
  return counts;
}
