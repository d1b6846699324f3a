import type { Board, OwnDisplay, OwnTurn, WallSlide } from '@fanfare/contract';
import type { OpenTransport } from '../link/transport.ts';
import { WallFeed } from './feed.ts';
import type { Kept } from './kept.ts';
import { isSame, nextSlide, pinnedOf, slidesOf } from './playlist.ts';
import { signOf, type Sign } from './sign.ts';
import { remedyFor } from './watchdog.ts';

const TICK_MS = 1_000;
/** The next brand is followed so long before it is shown, that its numbers are there in time. */
const LEAD_MS = 3_000;
/** How long a wall shows its name. */
const NAMING_MS = 15_000;
const KEEP_MS = 30_000;
const BUILD_MS = 300_000;

/** What a wall does to the page it is on, and to the browser. */
export interface WallPages {
  /** Load the pages anew if the server answers. */
  readonly reload: () => Promise<void>;
  /** Has the server newer pages? */
  readonly isOutdated: () => Promise<boolean>;
  readonly keep: (kept: Kept) => Promise<void>;
}

export interface ScreenParts {
  readonly own: OwnDisplay | null;
  readonly boards: readonly Board[];
  /** The server's clock as the page came, RFC 3339. */
  readonly now: string;
  readonly ways: readonly OpenTransport[];
  readonly steady: () => number;
  readonly chance: () => number;
  readonly pages: WallPages;
  /** The server refused: find out whether this display is still one. */
  readonly doubt: () => void;
}

/** What is on a wall: its scene, the board behind it, and how fresh that is. */
export class WallScreen {
  own: OwnDisplay | null = $state.raw(null);
  slide: WallSlide | null = $state.raw(null);
  board: Board | null = $state.raw(null);
  sign: Sign = $state.raw({ stage: 'none' });
  /** The server's clock, milliseconds since 1970. */
  now = $state(0);
  /** It shows its own name, so that somebody finds it. */
  naming = $state(false);
  /** Scenes shown so far. */
  turns = $state(0);
  readonly #parts: ScreenParts;
  readonly #feed: WallFeed;
  #turnedAt: number;
  #namedAt = 0;
  #keptAt: number;
  #askedAt: number;
  #triedAt: number | null = null;
  #outdated = false;
  #running = false;
  #again: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: ScreenParts) {
    this.#parts = parts;
    this.#feed = new WallFeed(
      {
        ways: parts.ways,
        steady: parts.steady,
        chance: parts.chance,
        moved: () => this.#draw(),
        refused: () => this.#refused(),
      },
      parts.now,
      parts.boards,
    );
    this.#turnedAt = this.#keptAt = this.#askedAt = parts.steady();
    this.now = Date.parse(parts.now);
    if (parts.own) this.take(parts.own);
  }

  /** Be shown until the returned function is called. For the browser alone. */
  run(): () => void {
    this.#running = true;
    const ticking = setInterval(() => this.#tick(), TICK_MS);
    const seen = () => {
      if (!document.hidden) this.#feed.hurry();
    };
    document.addEventListener('visibilitychange', seen);
    window.addEventListener('online', seen);
    if (this.slide) this.#feed.follow(this.slide.brand);
    return () => {
      clearInterval(ticking);
      clearTimeout(this.#again);
      this.#feed.stop();
      document.removeEventListener('visibilitychange', seen);
      window.removeEventListener('online', seen);
    };
  }

  /** A new key needs a new connection: an open one keeps the key it came with. */
  reconnect(): void {
    this.#feed.connect();
  }

  /** Begin from what was kept, where the server has not said more yet. */
  restore(kept: Kept): void {
    this.#feed.restore(kept.boards, this.own?.brands ?? kept.own.brands);
    if (!this.own) this.take(kept.own);
    this.#draw();
  }

  /** What the server says of this display. */
  hear({ own, orders }: OwnTurn): void {
    this.take(own);
    for (const order of orders) {
      if (order === 'next') this.#turn();
      else if (order === 'reload') void this.#parts.pages.reload();
      else {
        this.naming = true;
        this.#namedAt = this.#parts.steady();
      }
    }
  }

  /** What this display is; the scene stays when it still has it. */
  take(own: OwnDisplay): void {
    this.own = own;
    const slides = slidesOf(own);
    const pinned = pinnedOf(own);
    const isHere = slides.some((slide) => isSame(slide, this.slide));
    if (pinned) this.#show(pinned);
    else if (!isHere) this.#show(nextSlide(slides, null, (slide) => this.#hasContent(slide)));
  }

  #show(slide: WallSlide | null): void {
    if (isSame(slide, this.slide)) return;
    this.slide = slide;
    this.turns++;
    this.#turnedAt = this.#parts.steady();
    if (slide && this.#running) this.#feed.follow(slide.brand);
    this.#draw();
  }

  #next(): WallSlide | null {
    if (!this.own) return null;
    return nextSlide(slidesOf(this.own), this.slide, (slide) => this.#hasContent(slide));
  }

  #turn(): void {
    this.#turnedAt = this.#parts.steady();
    const next = this.own && pinnedOf(this.own) ? this.slide : this.#next();
    // The same scene again: it is the turn of other words.
    if (isSame(next, this.slide)) this.turns++;
    else this.#show(next);
  }

  /** Words are shown while the server is heard alone: they may be taken back. */
  #hasContent({ brand, scene }: WallSlide): boolean {
    const held = this.#feed.board(brand);
    if (!held) return scene !== 'words';
    if (scene === 'posts') return held.board.top.objects.length > 0;
    if (scene !== 'words') return true;
    return (held.board.excerpts?.length ?? 0) > 0 && this.#signOf(brand).stage === 'live';
  }

  #tick(): void {
    const now = this.#parts.steady();
    this.#draw();
    if (this.naming && now - this.#namedAt >= NAMING_MS) this.naming = false;
    this.#watch(now);
    this.#rotate(now);
    if (now - this.#askedAt >= BUILD_MS) {
      this.#askedAt = now;
      void this.#parts.pages.isOutdated().then((is) => (this.#outdated ||= is));
    }
    if (now - this.#keptAt >= KEEP_MS && this.own && this.sign.stage === 'live') {
      this.#keptAt = now;
      void this.#parts.pages.keep({ own: this.own, boards: this.#feed.all });
    }
  }

  #rotate(now: number): void {
    if (!this.own) return;
    const stays = this.own.wall.settings.seconds * 1_000;
    const left = this.#turnedAt + stays - now;
    const isHeld = this.own.wall.paused || pinnedOf(this.own) !== null;
    if (left <= LEAD_MS && !isHeld) {
      const next = this.#next();
      if (next) this.#feed.follow(next.brand);
    }
    if (left > 0) return;
    this.#turnedAt = now;
    if (this.#outdated) void this.#parts.pages.reload();
    else if (!this.own.wall.paused) this.#turn();
  }

  #watch(now: number): void {
    const { heardAt, connectedAt } = this.#feed;
    const remedy = remedyFor({ heardAt, connectedAt, triedAt: this.#triedAt }, now);
    if (remedy === 'socket') this.#feed.connect();
    if (remedy !== 'reload') return;
    this.#triedAt = now;
    void this.#parts.pages.reload();
  }

  /** Shut out, or a brand less: the server is asked what this display is, then tried again. */
  #refused(): void {
    this.#parts.doubt();
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#feed.connect(), 5 * TICK_MS);
  }

  #signOf(brand: string): Sign {
    const asOf = this.#feed.board(brand)?.heardAt;
    if (asOf === undefined) return { stage: 'none' };
    const { now: serverNow, heard, connected } = this.#feed;
    return signOf({ asOf, serverNow, heard, connected });
  }

  #draw(): void {
    this.now = this.#feed.now;
    const brand = this.slide?.brand;
    this.board = brand === undefined ? null : (this.#feed.board(brand)?.board ?? null);
    if (brand !== undefined) this.sign = this.#signOf(brand);
  }
}
