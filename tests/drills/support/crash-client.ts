import { setTimeout as sleep } from 'node:timers/promises';
import type { EventBody } from '@fanfare/contract';
import { TOKEN } from '../../bench/support/server-process.ts';

/** What the client knows of its events, whatever happened to the server. */
export interface Ledgerless {
  /** Every event that was acknowledged (counted or duplicate), by id. */
  readonly acknowledged: ReadonlyMap<string, SentEvent>;
  /** Requests that had no answer and were sent again. */
  readonly retries: number;
  /** Sum of `counted` over all answers: what the server said it counted. */
  readonly counted: number;
  /** Answers that were neither 200 nor 503: none is expected. */
  readonly odd: readonly string[];
}

/** An event as it is sent. */
export interface SentEvent extends Omit<EventBody, 'rev' | 'verb' | 'occurredAt'> {
  readonly occurredAt: string;
}

export interface ClientOptions {
  readonly url: string;
  readonly brand: string;
  readonly makeEvent: (n: number) => SentEvent;
  /** Senders of single events, and of small NDJSON bodies. */
  readonly singles: number;
  readonly streams: number;
  readonly linesPerStream: number;
  /** Between two requests of one sender, milliseconds. */
  readonly pauseMs: number;
}

/**
 * Many senders that never give an event up: a request without a good answer is sent again, as it
 * was, until it is acknowledged.
 */
export class RetryingClient implements Ledgerless {
  readonly acknowledged = new Map<string, SentEvent>();
  readonly odd: string[] = [];
  retries = 0;
  counted = 0;
  /** Instant of the last good answer to a request that began after it was set to 0, ms of performance. */
  servedAt = 0;
  readonly #options: ClientOptions;
  readonly #senders: Promise<void>[] = [];
  #next = 0;
  #ended = false;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  start(): void {
    const { singles, streams, linesPerStream } = this.#options;
    for (let i = 0; i < singles; i++) this.#senders.push(this.#sender(1));
    for (let i = 0; i < streams; i++) this.#senders.push(this.#sender(linesPerStream));
  }

  /** Begin nothing new; resolves when everything begun has been acknowledged. */
  async finish(): Promise<void> {
    this.#ended = true;
    await Promise.all(this.#senders);
  }

  async #sender(size: number): Promise<void> {
    while (!this.#ended) {
      const events = Array.from({ length: size }, () => this.#options.makeEvent(this.#next++));
      await this.#deliver(events);
      await sleep(this.#options.pauseMs);
    }
  }

  async #deliver(events: readonly SentEvent[]): Promise<void> {
    const [first] = events;
    const single = events.length === 1;
    const body = single ? JSON.stringify(first) : events.map((event) => JSON.stringify(event)).join('\n');
    const type = single ? 'application/json' : 'application/x-ndjson';
    // A minute of trying again: a server that never comes back must not hang the drill.
    for (let attempt = 0; attempt < 600; attempt++) {
      const began = performance.now();
      const counted = await this.#post(body, type, events.length);
      if (counted !== null) {
        this.counted += counted;
        for (const event of events) this.acknowledged.set(event.id, event);
        if (this.servedAt < began) this.servedAt = performance.now();
        return;
      }
      this.retries++;
      await sleep(100);
    }
    throw new Error('an event was not acknowledged within a minute');
  }

  /** Gives what was counted, or null when the request must be sent again. */
  async #post(body: string, type: string, size: number): Promise<number | null> {
    const { url, brand } = this.#options;
    try {
      const answer = await fetch(`${url}/api/v1/brands/${brand}/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': type },
        body,
        signal: AbortSignal.timeout(15_000),
      });
      const text = await answer.text();
      if (answer.status !== 200) {
        if (answer.status !== 503) this.odd.push(`${answer.status} ${text.slice(0, 200)}`);
        return null;
      }
      const { counted, duplicate } = JSON.parse(text) as { counted: number; duplicate: number };
      if (counted + duplicate !== size) this.odd.push(text.slice(0, 200));
      return counted;
    } catch {
      return null;
    }
  }
}
