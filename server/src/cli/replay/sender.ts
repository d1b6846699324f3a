import { setTimeout as sleep } from 'node:timers/promises';
import type { EventsAnswer } from '@fanfare/contract';
import type { Target } from '../target.ts';

/** The replay cannot go on: the words say why. */
export class ReplayFault extends Error {
  override readonly name = 'ReplayFault';
  /** Code of the problem, where the server gave one. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

export interface SenderParts extends Target {
  readonly brand: string;
  readonly signal: AbortSignal;
  /** Told before each wait: why, and for how long (ms). */
  readonly onWait: (why: string, ms: number) => void;
  /** Longest time without any answer before it gives up, ms. */
  readonly patience?: number;
  /** Chance, for spreading retries: numbers in [0, 1). */
  readonly chance?: () => number;
}

/** A request below the brand. */
interface Sent {
  readonly method: string;
  readonly type?: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

const PATIENCE = 5 * 60_000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 20_000;
const LONGEST_RETRY_AFTER = 60;

/** Sends batches, each until the server has committed it: a repeated one counts once. */
export class Sender {
  readonly #parts: SenderParts;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Is the brand there, and may we write to it? @throws ReplayFault */
  async check(): Promise<void> {
    await this.#until('', { method: 'GET' });
  }

  /** Ask for something below the brand. @throws ReplayFault; the abort of the signal */
  get(path: string): Promise<Response> {
    return this.#until(path, { method: 'GET' });
  }

  /** Post a body below the brand; gives the answer after the commit. @throws ReplayFault; the abort of the signal */
  async post<Answer>(path: string, type: string, body: string | Uint8Array<ArrayBuffer>): Promise<Answer> {
    const answer = await this.#until(path, { method: 'POST', type, body });
    return (await answer.json()) as Answer;
  }

  /** Send lines of JSON; gives the answer after the commit. @throws ReplayFault; the abort of the signal */
  send(lines: readonly string[]): Promise<EventsAnswer> {
    return this.post('/events', 'application/x-ndjson', lines.join('\n'));
  }

  async #until(path: string, init: Sent): Promise<Response> {
    const { patience = PATIENCE, chance = Math.random, onWait, signal } = this.#parts;
    const since = performance.now();
    for (let failures = 0; ; failures++) {
      const answer = await this.#once(path, init);
      if (answer instanceof Response && answer.ok) return answer;
      const busy = answer instanceof Response;
      if (busy && answer.status !== 503 && answer.status !== 429) throw await faultOf(answer);
      const why = busy ? `the server answers ${answer.status}` : 'the server cannot be reached';
      const again = busy ? Number(answer.headers.get('retry-after')) : 0;
      if (busy) await answer.body?.cancel();
      const spread = chance() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures);
      const wait = Math.min(again || 0, LONGEST_RETRY_AFTER) * 1_000 + spread;
      if (performance.now() - since + wait > patience) {
        throw new ReplayFault(`${why}, for ${Math.round(patience / 1_000)} s now`);
      }
      onWait(why, wait);
      await sleep(wait, undefined, { signal });
    }
  }

  async #once(path: string, { method, type, body }: Sent): Promise<Response | null> {
    const { url, token, brand, signal } = this.#parts;
    const headers = {
      authorization: `Bearer ${token}`,
      ...(type === undefined ? {} : { 'content-type': type }),
    };
    const given = body === undefined ? {} : { body };
    try {
      return await fetch(`${url}/api/v1/brands/${encodeURIComponent(brand)}${path}`, {
        method,
        headers,
        signal,
        ...given,
      });
    } catch (fault) {
      if (signal.aborted) throw fault;
      return null;
    }
  }
}

async function faultOf(answer: Response): Promise<ReplayFault> {
  const problem = (await answer.json().catch(() => ({}))) as {
    title?: string;
    detail?: string;
    code?: string;
  };
  return new ReplayFault(
    `the server answers ${answer.status}: ${problem.detail ?? problem.title ?? 'no reason given'}`,
    problem.code,
  );
}
