import { KINDS, NETWORKS } from '@fanfare/contract';
import type { Columns } from './columns.ts';
import type { Period } from './period.ts';
import { MOST_PAIRS } from './pairs.ts';
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

/** Gives each key of a period a slot, and follows what comes and goes. */
export class SlotBook {
  readonly #columns: Columns;
  readonly #period: Period;
  readonly #places: Int16Array;
  #made: { readonly slots: Slots; readonly pairs: number; readonly codes: number } | null = null;
  /** Engagements of the period by campaign and language; needed while there are more keys than slots. */
  #counts: Float64Array | null = null;
  #moved = false;

  /** @param places hour and step of each quarter, see `placesOf` */
  constructor(columns: Columns, period: Period, places: Int16Array) {
    this.#columns = columns;
    this.#period = period;
    this.#places = places;
  }

  /**
   * The slots of now; the same ones as long as nothing changed. Of more than 32 campaigns (or languages)
   * the 31 with the most engagements in the period have one each: the same ones whatever else is asked of it.
   */
  slots(): Slots {
    return this.#moved ? this.#make() : this.known();
  }

  /** Slots that know all rows, though others may have got more engagements meanwhile. */
  known(): Slots {
    const [pairs, codes] = [this.#columns.pairs.list.length, this.#columns.codes];
    return this.#made?.pairs === pairs && this.#made.codes === codes ? this.#made.slots : this.#make();
  }

  /** A row of the period comes (1), or goes (−1). */
  move(pair: number, sign: 1 | -1): void {
    if (!this.#counts) return;
    this.#moved = true;
    this.#counts[pair]! += sign;
  }

  #make(): Slots {
    const { pairs, codes, seen } = this.#columns;
    const campaigns = new Set(pairs.list.map(([campaign]) => campaign));
    const languages = new Set(pairs.list.map(([, language]) => language));
    if (campaigns.size > MOST_KEYS || languages.size > MOST_KEYS) this.#counts ??= this.#countAll();
    const keys = [
      ...[networksOf(seen), kindsOf(seen)],
      ...[ranked(campaigns, 0, pairs.list, this.#counts), ranked(languages, 1, pairs.list, this.#counts)],
      Array.from({ length: 24 }, (_, hour) => String(hour)),
      this.#period.steps.map(String),
    ];
    const old = this.#made;
    this.#moved = false;
    const same = old?.pairs === pairs.list.length && old.codes === codes && isSame(old.slots.keys, keys);
    if (same) return old.slots;
    const slots = slotsOf(keys, pairs.list);
    this.#made = { slots, pairs: pairs.list.length, codes };
    return slots;
  }

  #countAll(): Float64Array {
    const counts = new Float64Array(MOST_PAIRS);
    const tail = this.#columns.tail();
    for (const { nk, pair, quarter } of [this.#columns.base, tail])
      for (let i = 0; i < nk.length; i++)
        if (this.#places[quarter[i]!]! >= 0 && nk[i] !== DEAD) counts[pair[i]!]!++;
    return counts;
  }
}

/** @param keys by axis @param list campaigns and languages, by place */
function slotsOf(keys: Slots['keys'], list: readonly (readonly [string, string])[]): Slots {
  const placesOf = (axis: number): Places => new Map(keys[axis]!.map((key, slot) => [key, slot]));
  const [networks, kinds, campaigns, languages] = [placesOf(0), placesOf(1), placesOf(2), placesOf(3)];
  return {
    keys,
    networkOf: NETWORK_OF.map((one) => networks.get(NETWORKS[one]!) ?? 0),
    kindOf: KIND_OF.map((one) => kinds.get(KINDS[one]!) ?? 0),
    campaignOf: Uint8Array.from(list, ([campaign]) => campaigns.get(campaign) ?? campaigns.get(null) ?? 0),
    languageOf: Uint8Array.from(list, ([, language]) => languages.get(language) ?? languages.get(null) ?? 0),
  };
}

type Places = ReadonlyMap<string | null, number>;

function networksOf(seen: Uint8Array): string[] {
  return NETWORKS.filter((_, i) => seen.some((is, nk) => is && NETWORK_OF[nk] === i));
}

function kindsOf(seen: Uint8Array): string[] {
  return KINDS.filter((_, i) => seen.some((is, nk) => is && KIND_OF[nk] === i));
}

function isSame(a: Slots['keys'], b: Slots['keys']): boolean {
  return a.every((own, axis) => {
    const other = b[axis]!;
    return own.length === other.length && own.every((key, slot) => key === other[slot]);
  });
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
  // By name, so that two that change ranks keep their slots.
  const first = order.slice(0, MOST_KEYS - 1).map(([key]) => key);
  return [...first.sort(), null];
}
