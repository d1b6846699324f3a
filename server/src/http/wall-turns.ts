import type { WallOnce, WallSlide } from '@fanfare/contract';

interface Turn {
  n: number;
  orders: { readonly n: number; readonly order: WallOnce }[];
  showing: WallSlide | null;
  /** Each ends the waiting of one open question, the oldest first. */
  readonly waiting: Set<() => void>;
}

/** Orders kept for a television that was away for a moment. */
const MOST_ORDERS = 8;
/** Questions of one display held open at once: a browser may show it in more than one tab. */
const MOST_WAITING = 4;

/**
 * Tells televisions what is new of them while they wait for an answer. In memory: whoever asks after a
 * restart is told how it stands, and orders that were not heard are forgotten.
 */
export class WallTurns {
  readonly #epoch: string;
  readonly #turns = new Map<string, Turn>();

  /** @param epoch differs from start to start */
  constructor(epoch: string) {
    this.#epoch = epoch;
  }

  /** The display was changed, or ended. */
  changed(id: string): void {
    const turn = this.#turnOf(id);
    turn.n++;
    for (const wake of [...turn.waiting]) wake();
  }

  /** To be done once by the display. */
  order(id: string, order: WallOnce): void {
    const turn = this.#turnOf(id);
    turn.orders = [...turn.orders, { n: turn.n + 1, order }].slice(-MOST_ORDERS);
    this.changed(id);
  }

  forget(id: string): void {
    this.changed(id);
    this.#turns.delete(id);
  }

  showing(id: string): WallSlide | null {
    return this.#turns.get(id)?.showing ?? null;
  }

  show(id: string, slide: WallSlide): void {
    this.#turnOf(id).showing = slide;
  }

  /** Resolves when `after` no longer holds, or after `ms` milliseconds; too many questions end the oldest. */
  async wait(id: string, after: string, ms: number): Promise<void> {
    const turn = this.#turnOf(id);
    if (after !== this.#name(turn)) return;
    const [oldest] = turn.waiting;
    if (turn.waiting.size >= MOST_WAITING) oldest?.();
    await new Promise<void>((resolve) => {
      const over = setTimeout(() => wake(), ms);
      over.unref();
      const wake = () => {
        clearTimeout(over);
        turn.waiting.delete(wake);
        resolve();
      };
      turn.waiting.add(wake);
    });
  }

  /** Where the display stands, and what it has to do since `after`. */
  since(id: string, after: string): { readonly turn: string; readonly orders: readonly WallOnce[] } {
    const turn = this.#turnOf(id);
    const [epoch, n] = after.split('.');
    const known = epoch === this.#epoch ? Number(n) : turn.n;
    return {
      turn: this.#name(turn),
      orders: turn.orders.filter((one) => one.n > known).map(({ order }) => order),
    };
  }

  #name({ n }: Turn): string {
    return `${this.#epoch}.${n}`;
  }

  #turnOf(id: string): Turn {
    let turn = this.#turns.get(id);
    if (!turn) this.#turns.set(id, (turn = { n: 0, orders: [], showing: null, waiting: new Set() }));
    return turn;
  }
}
