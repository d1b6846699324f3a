import type { EventBody } from '@fanfare/contract';
import { Fault } from '../domain/fault.ts';
import type { DeliveryMark } from '../domain/sources/delivery.ts';
import type { EventCounts } from '../parts.ts';

/** One request with events, waiting for its commit. */
export interface Request {
  readonly events: readonly EventBody[];
  /** The delivery they came in, to be noted with them. */
  readonly mark?: DeliveryMark;
  readonly done: PromiseWithResolvers<EventCounts>;
}

interface Turn {
  readonly run: () => Promise<void>;
}

/** What is done with the requests. */
export interface LaneWork<P> {
  readonly prepare: (requests: readonly Request[]) => Promise<P>;
  /** Settles each request and never rejects; `previous` ends with the batch before. */
  readonly commit: (requests: readonly Request[], prepared: P, previous: Promise<void>) => Promise<void>;
}

/** Events committed together, at most. */
const BATCH = 2_000;
/** Events that may wait; more are refused with 503, never queued. */
const MOST_WAITING = 44_000;
/** Enough events waiting to prepare them while the batch before is still being committed, or others arrive. */
const AHEAD = 64;

/** Turns of the event loop spent on gathering, at most. */
const MOST_TURNS = 16;

/**
 * The one queue of a brand. Requests with events are committed in batches, in order, many requests
 * to a commit; everything else takes a turn of its own between them.
 */
export class Lane<P> {
  readonly #work: LaneWork<P>;
  readonly #queue: (Request | Turn)[] = [];
  #waiting = 0;
  #running = false;
  #closed = false;
  /** Ends the gathering. */
  #enough: (() => void) | null = null;

  constructor(work: LaneWork<P>) {
    this.#work = work;
  }

  /** @throws Fault overloaded when too much waits already */
  events(events: readonly EventBody[], mark?: DeliveryMark): Promise<EventCounts> {
    if (this.#closed || this.#waiting + events.length > MOST_WAITING)
      return Promise.reject(new Fault('overloaded'));
    const done = Promise.withResolvers<EventCounts>();
    this.#waiting += events.length;
    this.#enqueue({ events, done, ...(mark ? { mark } : {}) });
    if (this.#waiting >= AHEAD) this.#enough?.();
    return done.promise;
  }

  /** Run something alone, after all that waits now and before all that comes later. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new Fault('overloaded'));
    const done = Promise.withResolvers<T>();
    this.#enqueue({ run: () => work().then(done.resolve, done.reject) });
    return done.promise;
  }

  /** Take nothing more, and wait for what is under way. */
  async close(): Promise<void> {
    if (this.#closed) return;
    const last = this.exclusively(() => Promise.resolve());
    this.#closed = true;
    await last;
  }

  #enqueue(entry: Request | Turn): void {
    this.#queue.push(entry);
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    let [beforeLast, last] = [Promise.resolve(), Promise.resolve()];
    for (let head = this.#queue[0]; head; head = this.#queue[0]) {
      // A small batch is better gathered while the one before is committed, a large one prepared.
      if ('run' in head || this.#waiting < AHEAD) await last;
      if ('run' in head) {
        this.#queue.shift();
        await head.run();
        continue;
      }
      if (this.#waiting < AHEAD) await this.#gather();
      const requests = this.#takeBatch();
      const prepared = await this.#work.prepare(requests);
      // Two are under way at most: the database reads one while the one before is applied here.
      await beforeLast;
      [beforeLast, last] = [last, this.#work.commit(requests, prepared, last)];
      if (this.#queue.length === 0) await last;
    }
    this.#running = false;
  }

  /**
   * Requests that have arrived at the socket already share the commit: give the event loop turns as
   * long as each brings more. A request that is alone waits for one empty turn. Many do not wait for
   * the end of a turn, which may read hundreds of sockets: the database would be idle meanwhile.
   */
  async #gather(): Promise<void> {
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      const before = this.#waiting;
      await new Promise<void>((resolve) => {
        this.#enough = resolve;
        setImmediate(resolve);
      });
      this.#enough = null;
      if (this.#waiting === before || this.#waiting >= AHEAD) return;
    }
  }

  #takeBatch(): Request[] {
    const taken: Request[] = [];
    let size = 0;
    for (let head = this.#queue[0]; head && !('run' in head); head = this.#queue[0]) {
      if (size > 0 && size + head.events.length > BATCH) break;
      size += head.events.length;
      taken.push(head);
      this.#queue.shift();
    }
    this.#waiting -= size;
    return taken;
  }
}
