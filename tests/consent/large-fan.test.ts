import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Board, RecountReport, WindowName } from '@fanfare/contract';
import { createPool, type Sql } from '@fanfare/db';
import { call } from '../bench/support/api.ts';
import { freePort } from '../bench/support/port.ts';
import { embeddedDatabase, startServer } from '../bench/support/server-process.ts';
import { consent, startApp, type TestApp } from '../support/app.ts';

/** Engagements of one fan. */
const MANY = 20_000;
const DAY = 86_400_000;
const NOW = Date.now();
const WINDOWS = ['1h', '24h', '30d'] as const satisfies readonly WindowName[];
const NDJSON = 'application/x-ndjson';

/** Engagements of `who(n)` over 40 days, so that not all are in a window; every object twice. */
function lines(who: (n: number) => Record<string, string>): string {
  const made = Array.from({ length: MANY }, (_, n) => ({
    id: `e${n}`,
    network: 'facebook',
    kind: n % 3 === 0 ? 'comment' : 'reaction',
    object: `o${n % (MANY / 2)}`,
    occurredAt: new Date(NOW - Math.floor(((MANY - n) / MANY) * 40 * DAY)).toISOString(),
    ...(n % 3 === 0 ? { text: n % 2 === 0 ? 'good' : 'bad' } : {}),
    ...who(n),
  }));
  return made.map((event) => JSON.stringify(event)).join('\n');
}

const figures = ({ measures }: Board) =>
  JSON.stringify(
    ['engagements@1', 'reach.active@1', 'influence.total@1', 'sentiment@1', 'consenting@1'].map((id) => {
      const { value, parts } = measures[id as 'engagements@1']!;
      return { id, value, parts: id === 'influence.total@1' ? null : parts };
    }),
  );

describe('a fan with very many engagements', () => {
  let server: TestApp;
  beforeAll(async () => {
    // Nothing slides: what a board shows changes with the withdrawal alone.
    server = await startApp({ clock: () => NOW });
  });
  afterAll(() => server.close());

  /** Withdraw a fan while readers look: they see all of it or nothing. */
  async function withdrawWatched(brand: string, fan: string): Promise<void> {
    const read = () => Promise.all(WINDOWS.map((window) => server.board(brand, window)));
    const before = (await read()).map(figures);
    const seen: string[][] = [];
    const done = new AbortController();
    const watching = (async () => {
      while (!done.signal.aborted) {
        seen.push((await read()).map(figures));
        await sleep(5);
      }
    })();
    const { status } = await server.call('POST', `/brands/${brand}/fans/withdraw`, {
      network: 'facebook',
      fan,
    });
    expect(status).toBe(200);
    const after = (await read()).map(figures);
    done.abort();
    await watching;
    expect(after).not.toEqual(before);
    expect(seen.length).toBeGreaterThan(5);
    for (const boards of seen) {
      boards.forEach((board, i) => expect([before[i], after[i]]).toContain(board));
    }
    const { body } = await server.call('POST', '/recount');
    expect((body as RecountReport).brands.flatMap(({ differences }) => differences)).toEqual([]);
    await server.app.lines.find(brand)!.load();
    expect((await read()).map(figures)).toEqual(after);
  }

  it('leaves whole, in the boards of every instant, the rollups and the ledger', async () => {
    const brand = await server.makeBrand();
    const fans = ['large', 'a', 'b'].map((fan) =>
      consent(fan, NOW - 50 * DAY, { measure: true, influence: true }),
    );
    await server.call('POST', `/brands/${brand}/consents`, fans);
    const body = lines((n) => ({ fan: n % 1_000 === 0 ? 'a' : 'large', objectOwner: 'b' }));
    expect((await server.call('POST', `/brands/${brand}/events`, body, NDJSON)).status).toBe(200);
    await withdrawWatched(brand, 'large');
    expect((await server.board(brand, '30d')).measures['reach.active@1']!.value).toBe(1);
    const [{ held } = { held: -1 }] = await server.database.sql<{ held: number }[]>`
      select count(*)::int as held from engagement`;
    expect(held).toBe(MANY / 1_000);
  });

  it('leaves as the owner of what others engaged with, too', async () => {
    const brand = await server.makeBrand();
    const names = ['owner', ...Array.from({ length: 50 }, (_, i) => `actor-${i}`)];
    const acts = names.map((fan) => consent(fan, NOW - 50 * DAY, { measure: true, influence: true }));
    await server.call('POST', `/brands/${brand}/consents`, acts);
    const body = lines((n) => ({ fan: `actor-${n % 50}`, objectOwner: 'owner' }));
    expect((await server.call('POST', `/brands/${brand}/events`, body, NDJSON)).status).toBe(200);
    await withdrawWatched(brand, 'owner');
    const { measures } = await server.board(brand, '30d');
    expect(measures['influence.total@1']!.value).toBe(0);
    expect(measures['reach.active@1']!.value).toBe(50);
  });
});

describe('kill -9 in the middle of a large withdrawal', () => {
  let dataDir = '';
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'fanfare-large-'));
  });
  afterAll(async () => {
    await rm(dataDir, { recursive: true, force: true });
  });

  it('leaves everything as it was; asked again, everything goes', async () => {
    const options = { dataDir, port: await freePort(), suppressionK: 1 };
    let server = await startServer(options);
    await call(server.url, 'POST', '/brands', JSON.stringify({ slug: 'brand', name: 'Brand' }));
    await call(
      server.url,
      'POST',
      '/brands/brand/consents',
      JSON.stringify([consent('large', NOW - 50 * DAY)]),
    );
    await call(
      server.url,
      'POST',
      '/brands/brand/events',
      lines(() => ({ fan: 'large' })),
      NDJSON,
    );
    const ledger = async <T>(ask: (sql: Sql) => PromiseLike<T>): Promise<T> => {
      // The database has a new address after each start.
      const sql = createPool((await embeddedDatabase(dataDir)).url, { max: 1, tenants: 'every' });
      return Promise.resolve(ask(sql)).finally(() => sql.end({ timeout: 1 }));
    };
    const state = () =>
      ledger(async (sql) => {
        const [row] = await sql<{ held: number; rolled: number; records: number }[]>`
          select (select count(*)::int from engagement) as held, (select count(*)::int from consent_record) as records,
            (select coalesce(sum(engagements), 0)::int from rollup) as rolled`;
        return row;
      });
    const whole = { held: MANY, rolled: MANY, records: 1 };
    expect(await state()).toEqual(whole);

    const body = JSON.stringify({ network: 'facebook', fan: 'large' });
    const asked = call(server.url, 'POST', '/brands/brand/fans/withdraw', body).then(
      () => 'answered',
      () => 'lost',
    );
    await ledger(async (sql) => {
      const deleting = () => sql`select from pg_stat_activity where query like 'delete from engagement%'`;
      while ((await deleting()).length === 0) await sleep(2);
    });
    await sleep(40);
    await server.kill();
    expect(await asked).toBe('lost');
    server = await startServer(options);
    try {
      expect(await state()).toEqual(whole);
      await call(server.url, 'POST', '/brands/brand/fans/withdraw', body);
      expect(await state()).toEqual({ held: 0, rolled: 0, records: 7 });
      const board = await call<Board>(server.url, 'GET', '/brands/brand/board?window=30d');
      expect(board.measures['engagements@1']!.value).toBe(0);
    } finally {
      await server.stop();
    }
  });
});
