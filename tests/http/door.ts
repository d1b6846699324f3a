import { expect } from 'vitest';
import type { ConsentsAnswer, EventsAnswer, Problem } from '@fanfare/contract';
import { TOKEN, consent, startApp, type TestApp } from '../support/app.ts';

/** Where the clock of the door stands. */
export const NOW = Date.parse('2026-11-22T10:00:30Z');
export const NDJSON = 'application/x-ndjson';

/** A good event of the one fan who consents to every brand of the door. */
export const like = {
  id: 'like-0',
  network: 'facebook',
  kind: 'reaction',
  fan: 'ada',
  occurredAt: '2026-11-22T10:00:00Z',
};

/** The HTTP door, with a brand of its own for each test. */
export interface Door {
  readonly test: TestApp;
  /** A new brand. */
  readonly brand: () => Promise<string>;
  /**
   * Posts raw bytes; whatever comes back, the server lives and it is no server error.
   * @param type `null` sends none
   */
  readonly post: (path: string, body: RequestInit['body'], type?: string | null) => Promise<DoorAnswer>;
  /** Engagements of the last hour. */
  readonly count: (brand: string) => Promise<number | null>;
}

export interface DoorAnswer {
  readonly status: number;
  readonly type: string | null;
  readonly body: EventsAnswer & ConsentsAnswer & Problem;
}

/** Opens the door of the real server. */
export async function openDoor(): Promise<Door> {
  const test = await startApp({ clock: () => NOW });
  let made = 0;
  return {
    test,
    async brand() {
      const brand = await test.makeBrand(`bad-${++made}`);
      await test.call('POST', `/brands/${brand}/consents`, consent('ada', NOW - 3_600_000));
      return brand;
    },
    async post(path, body, type = 'application/json') {
      const answer = await fetch(`${test.url}/api/v1${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, ...(type === null ? {} : { 'content-type': type }) },
        ...(body == null ? {} : { body, duplex: 'half' as const }),
      });
      const read = (await answer.json()) as DoorAnswer['body'];
      expect(answer.status).toBeLessThan(500);
      expect((await fetch(`${test.url}/healthz`)).status).toBe(200);
      return { status: answer.status, type: answer.headers.get('content-type'), body: read };
    },
    count: async (brand) => (await test.board(brand, '1h')).measures['engagements@1']!.value,
  };
}
