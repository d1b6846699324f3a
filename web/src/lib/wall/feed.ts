import { WALL_WINDOW, type Board, type Frame, type Watch } from '@fanfare/contract';
import { ServerClock } from '../freshness.ts';
import { advance } from '../link/advance.ts';
import { Link } from '../link/link.ts';
import type { OpenTransport } from '../link/transport.ts';
import type { Kept } from './kept.ts';

export interface FeedParts {
  /** Ways to the feed: each new connection takes the next one. */
  readonly ways: readonly OpenTransport[];
  /** Milliseconds of a clock that never jumps. */
  readonly steady: () => number;
  readonly chance: () => number;
  /** Something arrived. */
  readonly moved: () => void;
  /** The server will not serve this brand, or not this display. */
  readonly refused: (code: string) => void;
}

interface Held {
  readonly board: Board;
  /** False for one that came without words: the feed is asked for all of it. */
  readonly whole: boolean;
  /** Server's instant it was last heard at, RFC 3339. */
  readonly heardAt: string;
}

/** The boards of a wall: one brand followed at a time, the others as they were last heard. */
export class WallFeed {
  readonly #parts: FeedParts;
  readonly #held = new Map<string, Held>();
  readonly #clock = new ServerClock();
  #link: Link | null = null;
  #connections = 0;
  #following = '';
  #isNew = false;
  connected = false;
  /** Was a frame heard since the page came? */
  heard = false;
  /** By the steady clock. */
  heardAt: number;
  connectedAt: number;

  /** @param now the server's clock as the page came, RFC 3339 */
  constructor(parts: FeedParts, now: string, boards: readonly Board[]) {
    this.#parts = parts;
    this.heardAt = this.connectedAt = parts.steady();
    this.#clock.hear(now, parts.steady());
    for (const board of boards) this.#held.set(board.brand, { board, whole: false, heardAt: now });
  }

  /** The server's clock now, milliseconds since 1970. */
  get now(): number {
    return this.#clock.at(this.#parts.steady());
  }

  /** Everything that is held, to be kept. */
  get all(): Kept['boards'] {
    return [...this.#held.values()];
  }

  board(brand: string): Held | undefined {
    return this.#held.get(brand);
  }

  /** Take what was kept, where nothing newer is known; forget the brands that are not shown. */
  restore(boards: Kept['boards'], brands: readonly string[]): void {
    for (const one of boards)
      if (!this.#held.has(one.board.brand)) this.#held.set(one.board.brand, { ...one, whole: false });
    for (const brand of [...this.#held.keys()]) if (!brands.includes(brand)) this.#held.delete(brand);
  }

  /** Follow this brand from here on. */
  follow(brand: string): void {
    if (brand === this.#following) return;
    this.#following = brand;
    if (this.#link) this.#link.again();
    else this.connect();
  }

  /** A new connection, by the next way. */
  connect(): void {
    const { ways, chance, steady } = this.#parts;
    const way = ways[this.#connections++ % ways.length];
    this.stop();
    if (!way || this.#following === '') return;
    this.connectedAt = steady();
    this.#link = new Link(
      way,
      {
        watch: () => this.#watch(),
        frame: (frame) => this.#take(frame),
        state: (connected) => this.#state(connected),
        refused: (code) => this.#parts.refused(code),
      },
      chance,
    );
    this.#link.start();
  }

  /** Connect at once when a retry was pending: the screen is seen again, or the network is back. */
  hurry(): void {
    this.#link?.start();
  }

  stop(): void {
    this.#link?.stop();
    this.#link = null;
    this.connected = false;
  }

  #watch(): Watch {
    const brand = this.#following;
    const held = this.#held.get(brand);
    const at = held?.whole ? { epoch: held.board.epoch, seq: held.board.seq } : {};
    return { type: 'watch', brand, window: WALL_WINDOW, ...at };
  }

  #take(frame: Frame): void {
    // Another brand was wanted while the link was still asking for the one before.
    if (frame.brand !== this.#following) return this.#link?.again();
    if (frame.window !== WALL_WINDOW) return;
    const held = this.#held.get(frame.brand);
    const old = held?.whole ? held.board : null;
    if (!old && frame.type !== 'board') return this.#link?.again();
    const next = old ? advance(old, frame) : { kind: 'board' as const, board: frame as Board };
    if (next.kind === 'ignore') return;
    if (next.kind === 'gap') return this.#link?.again();
    const { steady, moved } = this.#parts;
    // The public's numbers may stand still for minutes: a beat says that they still hold.
    const heardAt = frame.asOf;
    const board = next.kind === 'board' ? next.board : old!;
    this.#held.set(frame.brand, { board, whole: true, heardAt });
    // A new connection sets the clock anew, so that a step of the server's clock heals.
    if (this.#isNew) this.#clock.reset();
    this.#isNew = false;
    this.#clock.hear(heardAt, steady());
    this.heardAt = steady();
    moved();
  }

  #state(connected: boolean): void {
    if (connected && !this.connected) this.#isNew = true;
    this.connected = connected;
    if (connected) this.heard = true;
  }
}
