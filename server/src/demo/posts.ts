import type { Network } from '@fanfare/contract';
import { chanceOf, pick, pickIndex, type Chance } from './chance.ts';
import type { Crowd, Fan } from './fans.ts';
import { TOPICS, type Topic } from './topics.ts';

const HOUR = 3_600_000;
/** The brand publishes about this often, milliseconds. */
const SLOT = 2 * HOUR;
/** Slots back that people still look at. */
const REMEMBERED = 16;
/** People look half as often at a post that is this much older, milliseconds. */
const FADING = 4 * HOUR;
/** An author writes this often, milliseconds. */
const AUTHOR_SLOT = 8 * HOUR;

/** What somebody reacts to. */
export interface Post {
  readonly object: string;
  readonly topic: Topic;
  readonly campaign: string | undefined;
  /** The fan who wrote it; absent for the brand's own. */
  readonly owner: Fan | undefined;
}

/** Campaigns follow one another, ten days each. */
const CAMPAIGNS = ['calendrier-fetes', 'coulisses-atelier', 'club-alba', 'nouvelle-lumiere'] as const;

interface Published {
  readonly post: Post;
  /** Instant, ms. */
  readonly at: number;
  readonly appeal: number;
}

/** The posts of the brand, by network. Remembers what it worked out; the same seed, the same posts. */
export class Feed {
  readonly #seed: number;
  readonly #published = new Map<string, Published>();
  readonly #sums = new Float64Array(REMEMBERED);

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** A post that people of this network look at now: newer and catchier ones more often. */
  draw(chance: Chance, network: Network, at: number): Post {
    const slot = Math.floor(at / SLOT);
    let sum = 0;
    for (let back = 0; back < REMEMBERED; back++) {
      const { at: published, appeal } = this.#of(network, slot - back);
      if (published <= at) sum += appeal * 2 ** ((published - at) / FADING);
      this.#sums[back] = sum;
    }
    return this.#of(network, slot - pickIndex(chance, this.#sums)).post;
  }

  #of(network: Network, number: number): Published {
    const key = `${network}/${number}`;
    let found = this.#published.get(key);
    if (!found) this.#published.set(key, (found = publish(this.#seed, network, number)));
    return found;
  }
}

function publish(seed: number, network: Network, number: number): Published {
  const own = chanceOf(seed, 3, number);
  const topic = pick(own, TOPICS);
  const campaign = own() < 0.6 ? CAMPAIGNS[Math.floor(number / 120) % CAMPAIGNS.length] : undefined;
  const at = (number + 0.6 * own()) * SLOT;
  const appeal = (0.3 + chanceOf(seed, 5, number, network.length, network.charCodeAt(0))()) ** 2;
  return {
    post: { object: `${network}/${topic.slug}-${number % 1_000}`, topic, campaign, owner: undefined },
    at,
    appeal,
  };
}

/** A post of an author of this network; `null` where there is none. */
export function fanPost(
  seed: number,
  chance: Chance,
  crowd: Crowd,
  network: Network,
  at: number,
): Post | null {
  const authors = crowd.authors.get(network);
  if (!authors || authors.fans.length === 0) return null;
  const owner = authors.fans[pickIndex(chance, authors.sums)]!;
  const slot = Math.floor(at / AUTHOR_SLOT + chanceOf(seed, 6, owner.index)());
  const own = chanceOf(seed, 7, owner.index, slot);
  const object = `${network}/fan-${Math.floor(own() * 36 ** 8).toString(36)}`;
  return { object, topic: pick(own, TOPICS), campaign: undefined, owner };
}
