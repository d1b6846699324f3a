import { createCrowd, type Crowd } from './fans.ts';
import { Feed } from './posts.ts';
import { TOPICS, type Topic } from './topics.ts';

/** The invented world: all that happens in it follows from these alone. */
export interface World {
  readonly seed: number;
  /** Instant the demonstration began, ms. */
  readonly origin: number;
  /** 1: as lively as the demonstration is meant to be. */
  readonly volume: number;
  readonly crowd: Crowd;
  readonly feed: Feed;
  readonly topics: readonly Topic[];
}

/** The world of a seed. @param origin instant the demonstration began, ms */
export function createWorld(seed: number, origin: number, volume = 1): World {
  return { seed, origin, volume, crowd: createCrowd(seed, origin), feed: new Feed(seed), topics: TOPICS };
}
