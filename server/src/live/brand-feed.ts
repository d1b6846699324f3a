import {
  LIVE_LIMITS,
  WINDOWS,
  type Board,
  type Excerpt,
  type Watch,
  type WindowName,
} from '@fanfare/contract';
import { withExcerpts } from '../domain/excerpts/on-board.ts';
import { release, type Release } from '../domain/suppression.ts';
import type { Clock, Readable } from '../parts.ts';
import { Beat } from './beat.ts';
import { WindowFeed, type Catchup, type Packed } from './window-feed.ts';

/** Between two frames of a busy brand, milliseconds. */
const SPACING = 1_000 / LIVE_LIMITS.framesPerSecond;
/** How long a due frame waits for a commit that is under way, milliseconds. */
const PATIENCE = 12;
/** A frame this soon after a commit is in step with the commits, milliseconds. */
const IN_STEP = 0.5;
/** How far one frame is moved towards the next commit when it is not, milliseconds: at least, and at most. */
const [DRIFT, MOST_DRIFT] = [2, 20];
/** Frames between two long moves: where frames and beat do not go together none helps, and each costs time. */
const MOVE_EVERY = 10;

export interface FeedParts {
  readonly clock: Clock;
  readonly release: Release<'team'>;
  readonly epoch: () => string;
  readonly send: (brand: string, window: WindowName, packed: Packed) => void;
}

/**
 * Publishes one brand: at once when it was quiet, and at most ten times a second when busy. One
 * sequence for the brand; every watched window gets each of its frames.
 */
export class BrandFeed {
  readonly #source: Readable;
  readonly #parts: FeedParts;
  readonly #windows = new Map<WindowName, WindowFeed<'team'>>();
  #epoch: string;
  #seq = 0;
  /** The words of the last frame. */
  #words: readonly Excerpt<'team'>[];
  #dirty = false;
  /** When the next frame may go, by the clock that never jumps: a corrected wall clock stops no feed. */
  #due = 0;
  readonly #beat = new Beat();
  /** Number of the frame that was last moved far. */
  #movedFar = -MOVE_EVERY;
  #timer: NodeJS.Timeout | undefined;
  #overdue = false;
  #settled: PromiseWithResolvers<void> | null = null;

  constructor(source: Readable, parts: FeedParts) {
    this.#source = source;
    this.#parts = parts;
    this.#epoch = parts.epoch();
    this.#words = source.excerpts(parts.clock()).shown('team');
  }

  /** Number of the frame that will carry what has just been committed. */
  get nextSeq(): number {
    return this.#seq + (this.#dirty ? 1 : 0);
  }

  /** Windows that somebody watches or watched a moment ago. */
  get active(): readonly WindowName[] {
    return [...this.#windows.keys()];
  }

  /** Something was committed, or time moved a bucket on. */
  touch(): void {
    this.#dirty = true;
    this.#beat.note(performance.now());
    if (this.#overdue) return this.#publish();
    if (this.#timer) return;
    const wait = this.#due - performance.now();
    if (wait <= 0) this.#publish();
    else this.#timer = setTimeout(() => this.#onDue(), wait);
  }

  /** The counts were rebuilt: a new epoch, and whole boards to everybody. */
  reset(): void {
    this.#epoch = this.#parts.epoch();
    this.#seq++;
    for (const [window, feed] of this.#windows)
      this.#parts.send(this.#source.slug, window, feed.reset(this.#read(window)));
  }

  /** The board as the live feed would send it; waits for a frame that is due (≤ 0.1 s). */
  async board(window: WindowName): Promise<Board<'team'>> {
    const now = this.#parts.clock();
    if (this.#moved(now)) this.touch();
    if (this.#dirty) await (this.#settled ??= Promise.withResolvers<void>()).promise;
    return this.#windows.get(window)?.board ?? this.#read(window);
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
    const feed = this.#windows.get(window);
    if (!feed) return;
    feed.watchers--;
    feed.idleSince = this.#parts.clock();
  }

  /** Each window with watchers, for heartbeats. */
  *watched(): Iterable<[WindowName, Board]> {
    for (const [window, feed] of this.#windows) if (feed.watchers > 0) yield [window, feed.board];
  }

  /** The whole board of a followed window, for a slow reader. */
  whole(window: WindowName): Packed {
    return this.#open(window).whole();
  }

  /** Slide to now, and let windows go that nobody has watched for 2 minutes. */
  tick(): void {
    const now = this.#parts.clock();
    for (const window of WINDOWS) {
      const feed = this.#windows.get(window);
      if (feed?.watchers === 0 && now - feed.idleSince > LIVE_LIMITS.backlogMs) this.#windows.delete(window);
    }
    if (this.#moved(now)) this.touch();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#settled?.resolve();
  }

  /** Slide to now; true when the board is another one for it. */
  #moved(now: number): boolean {
    return this.#source.advance(now) || this.#source.excerpts(now).shown('team') !== this.#words;
  }

  #open(window: WindowName): WindowFeed<'team'> {
    const open = this.#windows.get(window);
    if (open) return open;
    // What changed unpublished since the last frame is in this board: it needs a number of its own,
    // or a client that holds the last frame would go on from a board it never saw.
    this.#step(this.#parts.clock());
    const feed = new WindowFeed(this.#read(window), this.#parts.clock());
    this.#windows.set(window, feed);
    return feed;
  }

  #onDue(): void {
    this.#timer = undefined;
    const now = performance.now();
    if (!this.#source.committing && !this.#beat.isNear(now)) {
      // Events that come at a beat would wait for frames that lag behind each commit: fall in with them.
      if (now - this.#beat.last > IN_STEP) this.#drift(now);
      return this.#publish();
    }
    // A change is about to be committed: wait for it a moment rather than send it 0.1 s later.
    this.#overdue = true;
    this.#timer = setTimeout(() => this.#publish(), PATIENCE);
  }

  #drift(now: number): void {
    const far = this.#seq - this.#movedFar >= MOVE_EVERY ? Math.min(MOST_DRIFT, this.#beat.lag(now)) : 0;
    if (far > DRIFT) this.#movedFar = this.#seq;
    this.#due += Math.max(DRIFT, far);
  }

  #publish(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#overdue = false;
    this.#dirty = false;
    // Keep the beat when a timer fires a little late, so that lateness does not add up.
    this.#due = Math.max(this.#due, performance.now() - PATIENCE) + SPACING;
    this.#step(this.#parts.clock());
    this.#settled?.resolve();
    this.#settled = null;
  }

  /** The next number, and its frame to every window. */
  #step(now: number): void {
    this.#source.advance(now);
    this.#seq++;
    this.#words = this.#source.excerpts(now).shown('team');
    for (const [window, feed] of this.#windows) {
      this.#parts.send(this.#source.slug, window, feed.publish(this.#read(window, now), now));
    }
  }

  #read(window: WindowName, now = this.#parts.clock()): Board<'team'> {
    this.#source.advance(now);
    const { release: rules } = this.#parts;
    const heading = { brand: this.#source.slug, epoch: this.#epoch, seq: this.#seq };
    const raw = this.#source.read(window, now, rules.k);
    const board = release(raw, { ...heading, demonstration: this.#source.demonstration }, rules);
    return withExcerpts(board, this.#source.excerpts(now).shown('team'));
  }
}
