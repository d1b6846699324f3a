import { expect } from 'vitest';
import type { Snapshot, SnapshotDetail, SnapshotMeta } from '@fanfare/contract';
import { TOKEN, consent, startApp, type TestApp } from '../support/app.ts';

export const MINUTE = 60_000;
export const FANS = Array.from({ length: 70 }, (_, i) => `fan-${i}`);

/** A real server at k = 10 whose clock a test moves, with the calls about snapshots. */
export interface SnapshotStage {
  readonly app: TestApp;
  /** Milliseconds since 1970. */
  readonly time: { now: number };
  /** Consents of these fans, and one comment of each two minutes ago. */
  fill(brand: string, fans?: readonly string[]): Promise<void>;
  withdraw(brand: string, fans: readonly string[]): Promise<void>;
  freeze(brand: string, body?: object): Promise<SnapshotMeta>;
  download(id: string, headers?: Record<string, string>): Promise<Response>;
  contentOf(id: string): Promise<Snapshot>;
  detailOf(id: string): Promise<SnapshotDetail>;
}

/** Sets the stage; its `app` is to be closed. @param env settings over those of tests */
export async function raiseSnapshots(env: Readonly<Record<string, string>> = {}): Promise<SnapshotStage> {
  const time = { now: Date.parse('2026-11-22T10:00:30Z') };
  const app = await startApp({ clock: () => time.now, k: 10, env });
  const stage: SnapshotStage = {
    app,
    time,
    async fill(brand, fans = FANS) {
      const given = { measure: true, influence: true, quote: true };
      const consents = fans.map((fan) => consent(fan, time.now - 60 * MINUTE, given));
      await app.call('POST', `/brands/${brand}/consents`, consents);
      const occurredAt = new Date(time.now - 2 * MINUTE).toISOString();
      const said = { kind: 'comment', text: 'good secret words', object: 'post-1' };
      const events = fans.map((fan) => ({ ...said, id: `e-${fan}`, fan, network: 'facebook', occurredAt }));
      await app.call('POST', `/brands/${brand}/events`, events);
    },
    async withdraw(brand, fans) {
      for (const fan of fans)
        await app.call('POST', `/brands/${brand}/fans/withdraw`, { network: 'facebook', fan });
    },
    async freeze(brand, body = { window: '1h' }) {
      const answer = await app.call('POST', `/brands/${brand}/snapshots`, body);
      expect(answer.status).toBe(201);
      return answer.body;
    },
    download: (id, headers = {}) =>
      fetch(`${app.url}/api/v1/snapshots/${id}.json`, {
        headers: { authorization: `Bearer ${TOKEN}`, ...headers },
      }),
    contentOf: async (id) => ((await (await stage.download(id)).json()) as { snapshot: Snapshot }).snapshot,
    detailOf: async (id) => (await app.call('GET', `/snapshots/${id}`)).body,
  };
  return stage;
}
