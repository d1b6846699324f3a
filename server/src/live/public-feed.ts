import { WINDOWS, type Board, type Watch, type WindowName } from '@fanfare/contract';
import { mayRepublish } from '../domain/release/republish.ts';
import { cellThreshold, type Release } from '../domain/release/rules.ts';
import { release } from '../domain/suppression.ts';
import type { Clock, Readable } from '../parts.ts';
import { WindowFeed, type Catchup, type Packed } from './window-feed.ts';

/** Between two public frames, milliseconds: a busy brand reads all its windows for each. */
const SPACING_MS = 1_000;

export interface PublicFeedParts {
  readonly clock: Clock;
  readonly release: Release<'public'>;
  readonly epoch: () => string;
  readonly send: (window: WindowName, packed: Packed) => void;
}

/**
 * Publishes one brand to the public. All windows move together and seldom: only when five distinct
 * fans changed or 15 minutes passed, so that asking for another window, or asking again, shows no
 * instant in between. Nothing is read before somebody asks.
 */
export class PublicFeed {
  readonly #source: Readable;
  readonly #parts: PublicFeedParts;
  readonly #epoch: string;
  readonly #feeds = new Map<WindowName, WindowFeed<'public'>>();
  #seq = 0;
  #last: number | null = null;

  constructor(source: Readable, parts: PublicFeedParts) {
    this.#source = source;
    this.#parts = parts;
    this.#epoch = parts.epoch();
  }

  /** The board the public sees now. */
  board(window: WindowName): Board<'public'> {
    return this.#open(window).board;
  }

  /** Start to follow a window. Synchronous, so that no frame falls between catch-up and room. */
  join(watch: Watch): Catchup {
    const feed = this.#open(watch.window);
    feed.watchers++;
    return feed.catchUp(watch);
  }

  /** Catch up again on a window that is already followed. */
  again(watch: Watch): Catchup {
    return this.#open(watch.window).catchUp(watch);
  }

  leave(window: WindowName): void {
    const feed = this.#feeds.get(window);
    if (feed) feed.watchers--;
  }

  whole(window: WindowName): Packed {
    return this.#open(window).whole();
  }

  /** Each window with watchers, for heartbeats. */
  *watched(): Iterable<[WindowName, Board]> {
    for (const [window, feed] of this.#feeds) if (feed.watchers > 0) yield [window, feed.board];
  }

  /** Something may have changed: show it when the rule allows. Called once a second at most. */
  tick(): void {
    if (this.#feeds.size > 0) this.#publish();
  }

  #open(window: WindowName): WindowFeed<'public'> {
    // Whoever asks first after a quiet time sees what the rule allows now, like everybody else.
    this.#publish();
    return this.#feeds.get(window)!;
  }

  #publish(): void {
    const { clock, release: rules, send } = this.#parts;
    const now = clock();
    if (this.#last !== null && now - this.#last < SPACING_MS) return;
    if (rules.k > 1 && !mayRepublish(this.#last, now, this.#source.changes.count)) return;
    this.#last = now;
    this.#source.changes.clear();
    this.#source.advance(now);
    this.#seq++;
    for (const window of WINDOWS) {
      const feed = this.#feeds.get(window);
      const next = this.#read(window, now, rules, feed?.board ?? null);
      if (feed) send(window, feed.publish(next, now));
      else this.#feeds.set(window, new WindowFeed(next, now));
    }
  }

  #read(
    window: WindowName,
    now: number,
    rules: Release<'public'>,
    shown: Board<'public'> | null,
  ): Board<'public'> {
    const { slug: brand, demonstration } = this.#source;
    const raw = this.#source.read(window, now, cellThreshold(rules));
    return release(raw, { brand, epoch: this.#epoch, seq: this.#seq, demonstration }, rules, shown);
  }
}
