import { Worker } from 'node:worker_threads';
import { Fault } from '../domain/fault.ts';
import type { Order, Reply } from './messages.ts';

/** Questions that wait for an answer at most. */
const MOST_WAITING = 32;
type Question = Omit<Extract<Order, { do: 'ask' }>, 'do' | 'id'>;

interface Waiting {
  readonly resolve: (told: Reply['told']) => void;
  readonly reject: (fault: Error) => void;
}

/** The thread that holds the columns; it is there while somebody explores. */
export class Thread {
  readonly #onEnd: () => void;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #asked = 0;

  /** @param onEnd told when the thread ended by itself: nothing is held any more */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  send(order: Exclude<Order, { do: 'ask' }>): void {
    this.#running().postMessage(order);
  }

  /** @returns `null` when the brand is not held @throws Fault overloaded when too many wait */
  ask(question: Question): Promise<Reply['told']> {
    if (this.#waiting.size >= MOST_WAITING) throw new Fault('overloaded');
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#running().postMessage({ do: 'ask', id, ...question } satisfies Order);
    });
  }

  async end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    this.#fail();
    await worker?.terminate();
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { execArgv: [] });
    worker.unref();
    worker.on('message', ({ id, told }: Reply) => {
      this.#waiting.get(id)?.resolve(told);
      this.#waiting.delete(id);
    });
    const gone = () => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      this.#onEnd();
      this.#fail();
    };
    worker.on('error', gone).on('exit', gone);
    this.#worker = worker;
    return worker;
  }

  #fail(): void {
    for (const { reject } of this.#waiting.values()) reject(new Fault('unavailable'));
    this.#waiting.clear();
  }
}
