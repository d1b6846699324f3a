import { setTimeout as sleep } from 'node:timers/promises';

/** The brand is gone, or our token is no longer good: nothing more to do here. */
export class Gone extends Error {
  override readonly name = 'Gone';
}

export interface DoorParts {
  /** Address of the server, without a slash at the end. */
  readonly address: string;
  readonly token: string;
  readonly signal: AbortSignal;
}

/** Milliseconds before a request that failed is sent again. */
const AGAIN = 2_000;

/** The same HTTP door that everybody uses, from the inside of the same process. */
export class Door {
  readonly #parts: DoorParts;

  constructor(parts: DoorParts) {
    this.#parts = parts;
  }

  /** GET below the API; gives the parsed body. @throws Gone; the abort of the signal */
  get(path: string): Promise<unknown> {
    return this.#send('GET', path);
  }

  /** POST one body as JSON; gives the parsed answer. @throws Gone; the abort of the signal */
  post(path: string, body: unknown): Promise<unknown> {
    return this.#send('POST', path, 'application/json', JSON.stringify(body));
  }

  /** POST many items as NDJSON; an empty list is not sent. @throws Gone; the abort of the signal */
  async postAll(path: string, items: readonly unknown[]): Promise<unknown> {
    if (items.length === 0) return null;
    const body = items.map((item) => JSON.stringify(item)).join('\n');
    return this.#send('POST', path, 'application/x-ndjson', body);
  }

  /** Until it is taken: busy and away are waited out, what is refused for good is not. */
  async #send(method: string, path: string, type?: string, body?: string): Promise<unknown> {
    const { address, token, signal } = this.#parts;
    const headers = {
      authorization: `Bearer ${token}`,
      ...(type === undefined ? {} : { 'content-type': type }),
    };
    for (;;) {
      const answer = await fetch(`${address}/api/v1${path}`, {
        method,
        headers,
        signal,
        ...(body === undefined ? {} : { body }),
      }).catch((fault: unknown) => {
        if (signal.aborted) throw fault;
        return null;
      });
      if (answer?.ok) return answer.json();
      await answer?.body?.cancel();
      if (answer && answer.status < 500) throw new Gone(`${method} was answered ${answer.status}`);
      await sleep(AGAIN, undefined, { signal });
    }
  }
}
