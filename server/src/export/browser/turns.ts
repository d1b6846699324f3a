import { Fault } from '../../domain/fault.ts';

interface Waiting {
  go(): void;
}

/** Lets so many work at a time; the others wait in line, a bounded number of them. */
export class Turns {
  readonly #most: number;
  readonly #mostWaiting: number;
  readonly #line: Waiting[] = [];
  #inside = 0;

  constructor(most: number, mostWaiting: number) {
    this.#most = most;
    this.#mostWaiting = mostWaiting;
  }

  /** @throws Fault overloaded when too many wait; the signal's reason when it ends while waiting */
  async take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    if (this.#inside >= this.#most) await this.#wait(signal);
    else this.#inside++;
    try {
      return await work();
    } finally {
      const next = this.#line.shift();
      if (next) next.go();
      else this.#inside--;
    }
  }

  #wait(signal: AbortSignal): Promise<void> {
    if (this.#line.length >= this.#mostWaiting) throw new Fault('overloaded');
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#line.splice(this.#line.indexOf(waiting), 1);
        reject(signal.reason as Error);
      };
      const waiting: Waiting = {
        go: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#line.push(waiting);
    });
  }
}
