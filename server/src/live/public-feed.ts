import { WINDOWS, type Board, type Excerpt, type Watch, type WindowName } from '@fanfare/contract';
import { withExcerpts, withoutExcerpts } from '../domain/excerpts/on-board.ts';
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
 * instant in between. Words come and go by themselves meanwhile, and leave the numbers as they are.
 * Nothing is read before somebody asks.
 */
export class PublicFeed {
  readonly #source: Readable;
  readonly #parts: PublicFeedParts;
  readonly #epoch: string;
  readonly #feeds = new Map<WindowName, WindowFeed<'public'>>();
  #seq = 0;
  /** When the numbers were last shown. */
  #last: number | null = null;
  /** When words may move by themselves. */
  #wordsDue = 0;
  /** The words of the last frame. */
  #words: readonly Excerpt<'public'>[] | null = null;

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
    const now = this.#parts.clock();
    const words = this.#source.excerpts(now).shown('public');
    // Words by the clock that never jumps: those that were taken back must go.
    const otherWords = words !== this.#words && performance.now() >= this.#wordsDue;
    const numbers = this.#mayShowNumbers(now);
    if (numbers || otherWords) this.#step(now, numbers, words);
  }

  #mayShowNumbers(now: number): boolean {
    const { release: rules } = this.#parts;
    if (this.#last !== null && now - this.#last < SPACING_MS) return false;
    return rules.k <= 1 || mayRepublish(this.#last, now, this.#source.changes.count);
  }

  /** The next number, and its frame to every window. */
  #step(now: number, numbers: boolean, words: readonly Excerpt<'public'>[]): void {
    this.#words = words;
    this.#wordsDue = performance.now() + SPACING_MS;
    this.#seq++;
    if (numbers) {
      this.#last = now;
      this.#source.changes.clear();
      this.#source.advance(now);
    }
    for (const window of WINDOWS) {
      const feed = this.#feeds.get(window);
      const next = withExcerpts(this.#numbers(window, now, feed?.board ?? null, numbers), words);
      if (feed) this.#parts.send(window, feed.publish(next, now));
      else this.#feeds.set(window, new WindowFeed(next, now));
    }
  }

  /** The numbers of now, or those shown before. */
  #numbers(
    window: WindowName,
    now: number,
    shown: Board<'public'> | null,
    renewed: boolean,
  ): Board<'public'> {
    if (shown && !renewed) return { ...withoutExcerpts(shown), seq: this.#seq };
    const { release: rules } = this.#parts;
    const { slug: brand, demonstration } = this.#source;
    const raw = this.#source.read(window, now, cellThreshold(rules));
    return release(raw, { brand, epoch: this.#epoch, seq: this.#seq, demonstration }, rules, shown);
  }
}
