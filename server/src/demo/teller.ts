import type { Board, Point, WindowName } from '@fanfare/contract';
import { actsBetween } from './acts.ts';
import type { Door } from './door.ts';
import { eventsBetween, type WireEvent } from './engagements.ts';
import type { World } from './world.ts';

const SLICE = 15 * 60_000;
/** Events in one request. */
const BATCH = 2_000;

/** Tells the invented world to one brand, through the door. Instants in milliseconds. */
export class Teller {
  readonly #door: Door;
  readonly #world: World;
  readonly #brand: string;

  constructor(door: Door, world: World, slug: string) {
    this.#door = door;
    this.#world = world;
    this.#brand = `/brands/${slug}`;
  }

  /** All consents up to `to`: the people come before what they do. */
  async introduce(to: number): Promise<void> {
    const { consents } = actsBetween(this.#world, Number.NEGATIVE_INFINITY, to);
    await this.#door.postAll(`${this.#brand}/consents`, consents);
  }

  /** What fans decided and did in (`from`, `to`], `to` being now. */
  async tell(from: number, to: number): Promise<void> {
    const { consents, leavings } = actsBetween(this.#world, from, to);
    for (const { network, fan, erase } of leavings) {
      await this.#door.post(`${this.#brand}/fans/${erase ? 'erase' : 'withdraw'}`, { network, fan });
    }
    await this.#door.postAll(`${this.#brand}/consents`, consents);
    await this.recall(from, to, to);
  }

  /** What fans did in (`from`, `to`] as it is told at `now`, latest first. */
  async recall(from: number, to: number, now: number): Promise<void> {
    let waiting: WireEvent[] = [];
    for (let end = to; end > from; end -= SLICE) {
      const start = Math.max(from, end - SLICE);
      waiting = waiting.concat(eventsBetween(this.#world, start, end, now));
      if (waiting.length < BATCH && start > from) continue;
      await this.#door.postAll(`${this.#brand}/events`, waiting);
      waiting = [];
    }
  }

  /** Ends of what has been told, to the minute at best; `null` when nothing has. */
  async told(): Promise<{ readonly first: number; readonly last: number } | null> {
    const month = await this.#filled('30d');
    return month && { first: month.first, last: (await this.#filled('24h'))?.last ?? month.last };
  }

  /** Ends of the first and of the last bucket of a window in which something happened. */
  async #filled(window: WindowName): Promise<{ first: number; last: number } | null> {
    const board = (await this.#door.get(`${this.#brand}/board?window=${window}`)) as Board;
    const { from, step } = board.series;
    const points = board.series['engagements@1'] ?? [];
    // A hidden point is about somebody: it is null, not 0.
    const [first, last] = [points.findIndex(isFilled), points.findLastIndex(isFilled)];
    const start = (index: number) => Date.parse(from) + index * step * 1_000;
    return first < 0 ? null : { first: start(first + 1), last: start(last + 1) };
  }
}

function isFilled(point: Point): boolean {
  return point !== 0;
}
