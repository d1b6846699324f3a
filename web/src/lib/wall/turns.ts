import type { OwnTurn, WallSlide } from '@fanfare/contract';

/** How long an answer is waited for, and how long after a failed question, milliseconds. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 3_000;

export interface TurnEars {
  /** Build of the pages. */
  readonly version: string;
  /** What is on the screen. */
  readonly showing: () => WallSlide | null;
  readonly heard: (turn: OwnTurn) => void;
  /** This display is shut out: the server said so. */
  readonly ended: () => void;
}

/** Follows what is new of this display by questions that are held open. For the browser alone. */
export class Turns {
  readonly #ears: TurnEars;
  #after = '';
  #stopped = false;
  #question: AbortController | null = null;

  constructor(ears: TurnEars) {
    this.#ears = ears;
  }

  start(): void {
    void this.#run();
  }

  /** Ask now: something is to be told, or a doubt to be ended. */
  again(): void {
    this.#question?.abort();
  }

  stop(): void {
    this.#stopped = true;
    this.#question?.abort();
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const question = new AbortController();
      this.#question = question;
      const over = setTimeout(() => question.abort(), PATIENCE_MS);
      const asked = performance.now();
      const answer = await this.#ask(question.signal);
      clearTimeout(over);
      if (this.#stopped) return;
      if (answer === 'ended') return this.#ears.ended();
      // Nothing new at once is no answer of a server that holds: do not ask it to death.
      const hasty = answer === 'same' && performance.now() - asked < PAUSE_MS;
      if (hasty || (answer === 'failed' && !question.signal.aborted)) await sleep(PAUSE_MS);
    }
  }

  async #ask(signal: AbortSignal): Promise<'new' | 'same' | 'failed' | 'ended'> {
    const showing = this.#ears.showing();
    const query = new URLSearchParams({ after: this.#after, version: this.#ears.version, ...showing });
    try {
      const answer = await fetch(`/api/v1/displays/own/turn?${query}`, { signal, cache: 'no-store' });
      if (answer.status === 401) return 'ended';
      if (!answer.ok) return 'failed';
      const turn = (await answer.json()) as OwnTurn;
      const same = turn.turn === this.#after;
      this.#after = turn.turn;
      if (!this.#stopped) this.#ears.heard(turn);
      return same ? 'same' : 'new';
    } catch {
      return 'failed';
    }
  }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
