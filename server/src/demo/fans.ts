import type { Locale, Network } from '@fanfare/contract';
import { chanceOf, normal, pickIndex, sumsOf } from './chance.ts';

const DAY = 86_400_000;

/** Fans there are from the start, and those who arrive later. */
const FIRST = 3_000;
const LATER = 3_000;
/** A newcomer appears about this often, milliseconds. */
const ARRIVAL = 45_000;
/** Share of the fans that never consent. */
const NEVER = 0.3;

/** An invented fan on one network. Nothing here stands for a real person. */
export interface Fan {
  readonly index: number;
  readonly network: Network;
  /** Id on the network. */
  readonly id: string;
  readonly lang: Locale;
  readonly followers: number;
  /** −1 hard to please to 1 easily delighted. */
  readonly warmth: number;
  /** Writes posts that others react to. */
  readonly author: boolean;
  /** Instant of the first consent, ms; `null` for one who never consents. */
  readonly consents: number | null;
  readonly minor: boolean;
  readonly influence: boolean;
  readonly quote: boolean;
  readonly wall: boolean;
}

/** Everyone around the invented brand. */
export interface Crowd {
  readonly fans: readonly Fan[];
  /** Running sums of how much each fan does. */
  readonly activity: Float64Array;
  /** How many of `fans` are there at an instant (ms). */
  readonly present: (at: number) => number;
  /** The authors of a network, with running sums of their weights. */
  readonly authors: ReadonlyMap<Network, { readonly fans: readonly Fan[]; readonly sums: Float64Array }>;
}

const SHARES: readonly (readonly [Network, number])[] = [
  ['instagram', 32],
  ['facebook', 19],
  ['tiktok', 18],
  ['youtube', 10],
  ['x', 7],
  ['threads', 5],
  ['linkedin', 4],
  ['bluesky', 3],
  ['mastodon', 2],
];
const NETWORK_SUMS = sumsOf(SHARES.map(([, share]) => share));

/** The crowd of a seed. @param origin instant the demonstration began, ms */
export function createCrowd(seed: number, origin: number): Crowd {
  const fans = Array.from({ length: FIRST + LATER }, (_, index) => createFan(seed, origin, index));
  const authors = new Map<Network, { fans: readonly Fan[]; sums: Float64Array }>();
  for (const [network] of SHARES) {
    const own = fans.filter((fan) => fan.index < FIRST && fan.author && fan.network === network);
    authors.set(network, { fans: own, sums: sumsOf(own.map((fan) => Math.sqrt(fan.followers))) });
  }
  return {
    fans,
    authors,
    activity: sumsOf(fans.map(({ index }) => Math.exp(0.9 * normal(chanceOf(seed, 2, index))))),
    present: (at) => FIRST + Math.min(LATER, Math.max(0, Math.floor((at - origin) / ARRIVAL))),
  };
}

function createFan(seed: number, origin: number, index: number): Fan {
  const chance = chanceOf(seed, 1, index);
  const [network] = SHARES[pickIndex(chance, NETWORK_SUMS)]!;
  const digits = 10 ** 11 + Math.floor(chance() * 9 * 10 ** 11);
  const followers = Math.round(Math.exp(5.4 + 1.3 * normal(chance)));
  const never = chance() < NEVER;
  const arrived =
    index < FIRST ? beforeStart(origin, chance(), chance()) : origin + (index - FIRST + 1) * ARRIVAL;
  const minor = chance() < 0.04;
  return {
    index,
    network,
    id: `d${digits}`,
    lang: chance() < 0.7 ? 'fr' : 'en',
    followers,
    warmth: Math.max(-1, Math.min(1, 0.25 + 0.5 * normal(chance))),
    author: chance() < 0.12 || followers > 2_000,
    consents: never ? null : Math.round(arrived),
    minor,
    influence: !minor && chance() < 0.65,
    quote: !minor && chance() < 0.4,
    wall: !minor && chance() < 0.2,
  };
}

/** Most consented before the thirty days that are told, some within them. */
function beforeStart(origin: number, when: number, within: number): number {
  const daysAgo = when < 0.85 ? 31 + 29 * within : 30 * within;
  return origin - daysAgo * DAY - 60_000;
}
