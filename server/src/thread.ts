import { Worker } from 'node:worker_threads';
import { Fault } from './domain/fault.ts';

/** What a thread answers to the order of the same number. */
export interface Reply<Told> {
  readonly id: number;
  readonly told: Told;
}

interface Waiting<Told> {
  readonly resolve: (told: Told) => void;
  readonly reject: (fault: Error) => void;
}

/**
 * A thread beside the main one. It is there from the first order until it is ended, and keeps its process alive
 * only while somebody waits for an answer.
 */
export class Thread<Order, Told> {
  readonly #entry: URL;
  readonly #mostWaiting: number;
  readonly #onEnd: () => void;
  readonly #waiting = new Map<number, Waiting<Told>>();
  #worker: Worker | null = null;
  #asked = 0;

  /**
   * @param entry the module it runs, which posts a `Reply` to each order that asks something
   * @param mostWaiting questions that wait for an answer at most
   * @param onEnd told when the thread ended by itself: nothing is held any more
   */
  constructor(entry: URL, mostWaiting: number, onEnd: () => void = () => undefined) {
    this.#entry = entry;
    this.#mostWaiting = mostWaiting;
    this.#onEnd = onEnd;
  }

  /** Questions that wait for an answer. */
  get waiting(): number {
    return this.#waiting.size;
  }

  send(order: Order): void {
    this.#running().postMessage(order);
  }

  /** @param order made with the number of the question @throws Fault overloaded, unavailable */
  ask(order: (id: number) => Order): Promise<Told> {
    if (this.#waiting.size >= this.#mostWaiting) return Promise.reject(new Fault('overloaded'));
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      const worker = this.#running();
      worker.ref();
      worker.postMessage(order(id));
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
    const worker = new Worker(this.#entry, { execArgv: [] });
    worker.on('message', ({ id, told }: Reply<Told>) => {
      this.#waiting.get(id)?.resolve(told);
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) worker.unref();
    });
    // Only now: listening makes it hold the process again.
    worker.unref();
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
