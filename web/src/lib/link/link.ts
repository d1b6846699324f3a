import { LIVE_LIMITS, type Bye, type Frame, type LiveError, type Watch } from '@fanfare/contract';
import { backoff } from './backoff.ts';
import type { OpenTransport, Transport } from './transport.ts';

/** Silence after which a connection that looks open is given up, milliseconds. */
const SILENCE_MS = 3 * LIVE_LIMITS.heartbeatMs;
/** Least time between two times of asking for the same board again, milliseconds. */
const ASK_MS = 1000;

export interface LinkEars {
  /** Where to go on from: asked at each connection and each gap. */
  readonly watch: () => Watch;
  readonly frame: (frame: Frame) => void;
  readonly state: (connected: boolean) => void;
  /** The server will not serve this board to this visitor; the link has stopped. */
  readonly refused: (code: string) => void;
}

/** Codes after which coming back would be pointless. */
const FINAL_BYES: Readonly<Record<number, string>> = {
  4401: 'signed_out',
  4403: 'forbidden',
  4404: 'brand_gone',
};

/** Keeps one board followed over any number of connections, and goes on where it stood. */
export class Link {
  readonly #open: OpenTransport;
  readonly #ears: LinkEars;
  readonly #chance: () => number;
  #transport: Transport | undefined;
  #followed: Watch | undefined;
  #attempt = 0;
  #asking = false;
  #stopped = true;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #ask: ReturnType<typeof setTimeout> | undefined;

  constructor(open: OpenTransport, ears: LinkEars, chance: () => number) {
    this.#open = open;
    this.#ears = ears;
    this.#chance = chance;
  }

  /** Connect now, at once when a retry was pending. Harmless when connected. */
  start(): void {
    this.#stopped = false;
    if (this.#transport) return;
    clearTimeout(this.#retry);
    this.#listen();
    this.#transport = this.#open({
      opened: () => this.#opened(),
      frame: (frame) => this.#heard(frame),
      watching: () => this.#answered(),
      problem: (problem) => this.#problem(problem),
      bye: (bye) => this.#bye(bye),
      closed: () => this.#closed(),
    });
  }

  /** Close for good. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#ask);
    this.#transport?.close();
  }

  /** Frames are missing, or another board is wanted: ask, at most once a second for the same one. */
  again(): void {
    if (this.#asking || !this.#transport) return;
    this.#asking = true;
    const { brand, window } = this.#ears.watch();
    const same = this.#followed?.brand === brand && this.#followed.window === window;
    if (same) this.#ask = setTimeout(() => this.#send(), ASK_MS * this.#chance());
    else this.#send();
  }

  #send(): void {
    const next = this.#ears.watch();
    const last = this.#followed;
    if (last && (last.brand !== next.brand || last.window !== next.window)) {
      this.#transport?.send({ type: 'unwatch', brand: last.brand, window: last.window });
    }
    this.#followed = next;
    this.#transport?.send(next);
  }

  #opened(): void {
    this.#followed = undefined;
    this.#asking = true;
    this.#send();
  }

  #answered(): void {
    this.#asking = false;
    this.#listen();
  }

  #heard(frame: Frame): void {
    this.#listen();
    this.#attempt = 0;
    this.#ears.state(true);
    // Until the answer to `watch` comes, what arrives belongs to what was followed before.
    if (!this.#asking) this.#ears.frame(frame);
  }

  #problem(problem: LiveError): void {
    const own = this.#ears.watch();
    if (problem.brand !== undefined && problem.brand !== own.brand) return;
    this.#asking = false;
    if (problem.code === 'unavailable' || problem.code === 'internal' || problem.code === 'overloaded') {
      this.#transport?.close();
      return;
    }
    this.stop();
    this.#ears.refused(problem.code);
  }

  #bye(bye: Bye): void {
    const final = FINAL_BYES[bye.code];
    if (final === undefined) return;
    this.stop();
    this.#ears.refused(final);
  }

  #closed(): void {
    this.#transport = undefined;
    this.#asking = false;
    clearTimeout(this.#silence);
    clearTimeout(this.#ask);
    this.#ears.state(false);
    if (this.#stopped) return;
    this.#retry = setTimeout(() => this.start(), backoff(this.#attempt++, this.#chance()));
  }

  #listen(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#transport?.close(), SILENCE_MS);
  }
}
