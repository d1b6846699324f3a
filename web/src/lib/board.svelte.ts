import type { Board, Frame } from '@fanfare/contract';
import { freshnessOf, ServerClock, type Freshness } from './freshness.ts';
import { advance } from './link/advance.ts';
import { Link } from './link/link.ts';
import { openSocket, type OpenTransport } from './link/transport.ts';
import { stillSaid } from './view/still-said.ts';

const TICK_MS = 1000;

/** The board on the screen: the fold of the feed, drawn at most once per animation frame. */
export class LiveBoard {
  /** What is drawn. Stands still while paused or while the page is hidden. */
  shown: Board;
  paused = $state(false);
  /** Why the server stopped serving this board, when it did. */
  refused: string | null = $state(null);
  #asOf = $state('');
  #connected = $state(false);
  #heard = $state(false);
  #serverNow = $state(Number.NaN);

  #latest: Board;
  #latestAsOf: string;
  #drawing = 0;
  readonly #clock = new ServerClock();
  readonly #link: Link;

  constructor(board: Board, paused = false, open: OpenTransport = openSocket) {
    this.shown = $state.raw(board);
    this.paused = paused;
    this.#latest = board;
    this.#asOf = this.#latestAsOf = board.asOf;
    this.#link = new Link(
      open,
      {
        watch: () => {
          const { brand, window, epoch, seq } = this.#latest;
          return { type: 'watch', brand, window, epoch, seq };
        },
        frame: (frame) => this.#take(frame),
        state: (connected) => this.#state(connected),
        refused: (code) => (this.refused = code),
      },
      Math.random,
    );
  }

  /** What the badge says now. */
  get freshness(): Freshness {
    return this.#freshness(this.#asOf, this.paused);
  }

  /** Is the server heard now, whether or not the screen stands still? */
  get heard(): boolean {
    return this.refused === null && this.#freshness(this.#latestAsOf, false).state === 'live';
  }

  /** Is this the brand and window on the screen? */
  follows(board: Board): boolean {
    return board.brand === this.shown.brand && board.window === this.shown.window;
  }

  /** Take the board a page load brought; another brand or window is followed from here on. */
  adopt(board: Board): void {
    const other = board.brand !== this.#latest.brand || board.window !== this.#latest.window;
    const newer = board.epoch !== this.#latest.epoch || board.seq > this.#latest.seq;
    if (!other && !newer) return;
    this.#latest = board;
    this.#latestAsOf = board.asOf;
    this.#clock.hear(board.asOf, performance.now());
    this.#draw();
    if (other) this.#link.again();
  }

  /** Follow the feed until the returned function is called. For the browser alone. */
  run(): () => void {
    this.#clock.hear(this.#asOf, performance.now());
    this.#link.start();
    const ticking = setInterval(() => this.#tick(), TICK_MS);
    const seen = () => {
      if (document.hidden) return;
      if (!this.refused) this.#link.start();
      this.#tick();
      this.#schedule();
    };
    document.addEventListener('visibilitychange', seen);
    window.addEventListener('online', seen);
    return () => {
      this.#link.stop();
      clearInterval(ticking);
      cancelAnimationFrame(this.#drawing);
      document.removeEventListener('visibilitychange', seen);
      window.removeEventListener('online', seen);
    };
  }

  /** Hold the screen still, or let it go on from the newest board. */
  pause(paused: boolean): void {
    this.paused = paused;
    if (!paused) this.#draw();
  }

  #freshness(asOf: string, paused: boolean): Freshness {
    const serverNow = Number.isNaN(this.#serverNow) ? Date.parse(asOf) : this.#serverNow;
    return freshnessOf({ asOf, serverNow, heard: this.#heard, connected: this.#connected, paused });
  }

  #take(frame: Frame): void {
    const next = advance(this.#latest, frame);
    if (next.kind === 'ignore') return;
    if (next.kind === 'gap') return this.#link.again();
    if (next.kind === 'board') this.#latest = next.board;
    this.#latestAsOf = next.kind === 'beat' ? next.asOf : next.board.asOf;
    this.#clock.hear(this.#latestAsOf, performance.now());
    this.#schedule();
  }

  #state(connected: boolean): void {
    if (connected && !this.#connected) this.#clock.reset();
    this.#connected = connected;
    if (connected) this.#heard = true;
  }

  #tick(): void {
    if (!document.hidden) this.#serverNow = this.#clock.at(performance.now());
  }

  #schedule(): void {
    if (this.#drawing !== 0 || document.hidden) return;
    this.#drawing = requestAnimationFrame(() => {
      this.#drawing = 0;
      this.#tick();
      if (!this.paused) this.#draw();
      // On a screen that stands still, words that were taken back go all the same.
      else this.shown = stillSaid(this.shown, this.#latest);
    });
  }

  #draw(): void {
    this.shown = this.#latest;
    this.#asOf = this.#latestAsOf;
  }
}
