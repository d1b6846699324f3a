import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Board, EventsAnswer } from '@fanfare/contract';
import { createPool, startEmbedded, type EmbeddedServer, type Sql } from '@fanfare/db';
import { TOKEN, consent, startApp, type TestApp } from '../support/app.ts';
import { layCable, type Cable } from '../support/cable.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { randomFrom } from '../support/random.ts';

const FANS = 5;
const NETWORK = 'facebook';

/** Posts to the API; `null` when nothing came back. */
async function post(test: TestApp, path: string, body: unknown): Promise<Response | null> {
  return fetch(`${test.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null);
}

/** A brand whose first fans consent. */
async function brandWithFans(test: TestApp): Promise<string> {
  const brand = await test.makeBrand();
  const records = Array.from({ length: FANS }, (_, i) => consent(`fan-${i}`, Date.now() - 3_600_000));
  await test.call('POST', `/brands/${brand}/consents`, records);
  return brand;
}

function like(n: number): object {
  const occurredAt = new Date(Date.now() - 1_000).toISOString();
  const about = { network: NETWORK, kind: 'comment', object: `o${n % 3}`, text: 'good' };
  return { ...about, id: `like-${n}`, fan: `fan-${n % FANS}`, occurredAt };
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const started = performance.now();
  while (!(await holds())) {
    expect(performance.now() - started, what).toBeLessThan(30_000);
    await sleep(50);
  }
}

/** Clients that send each of their events until it is acknowledged, while `trouble` goes on. */
async function sendThrough(
  test: TestApp,
  brand: string,
  trouble: () => Promise<void>,
): Promise<{ sent: number; again: number }> {
  let [next, again, refused, going] = [0, 0, 0, true];
  const insist = async (): Promise<void> => {
    while (going) {
      const events = [like(next++), like(next++)];
      for (;;) {
        const answer = await post(test, `/brands/${brand}/events`, events);
        if (answer?.status === 200) {
          again += ((await answer.json()) as EventsAnswer).duplicate;
          break;
        }
        expect(answer?.status).toBe(503);
        expect(Number(answer?.headers.get('retry-after'))).toBeGreaterThan(0);
        refused++;
        await sleep(50);
      }
      await sleep(5);
    }
  };
  const clients = Array.from({ length: 4 }, insist);
  await trouble().finally(() => (going = false));
  await Promise.all(clients);
  expect(refused).toBeGreaterThan(0);
  return { sent: next, again };
}

/** Every event of `sent` is in the ledger once, and the board says the same. */
async function expectExactly(test: TestApp, sql: Sql, brand: string, sent: number): Promise<Board> {
  const [row] = await sql<{ ids: number; sum: number }[]>`
    select (select count(*)::int from engagement) as ids, (select sum(engagements)::int from rollup) as sum`;
  const board = await test.board(brand, '1h');
  expect({ ...row, board: board.measures['engagements@1']!.value }).toEqual({
    ids: sent,
    sum: sent,
    board: sent,
  });
  return board;
}

describe('a server whose database is cut off', () => {
  let database: TestDatabase;
  let cable: Cable;
  let test: TestApp;
  const start = () =>
    startApp({ database: { url: cable.url, sql: database.sql, drop: () => Promise.resolve() } });

  beforeAll(async () => {
    database = await testDatabase();
    cable = await layCable(database.url);
    test = await start();
  });
  afterAll(async () => {
    await test.close();
    await cable.close();
    await database.drop();
  });

  it('answers 503 with Retry-After, says since when, shows its boards, and goes on by itself', async () => {
    const brand = await brandWithFans(test);
    expect((await post(test, `/brands/${brand}/events`, like(0)))?.status).toBe(200);
    const before = Date.now();
    cable.cut();
    for (const [path, body] of [
      ['events', like(1)],
      ['consents', consent('late', Date.now())],
      ['fans/withdraw', { network: NETWORK, fan: 'fan-0' }],
      ['fans/erase', { network: NETWORK, fan: 'fan-0' }],
    ] as const) {
      const answer = await post(test, `/brands/${brand}/${path}`, body);
      expect(answer?.status, path).toBe(503);
      expect(answer?.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
      expect(await answer?.json()).toMatchObject({ status: 503, code: 'unavailable' });
    }
    const ready = () => fetch(`${test.url}/readyz`);
    await until('the watch to see it', async () => (await ready()).status === 503);
    const { since, why } = (await (await ready()).json()) as { since: string; why: string };
    expect(Date.parse(since)).toBeGreaterThanOrEqual(before);
    expect(why).toContain('database is away');
    expect((await fetch(`${test.url}/healthz`)).status).toBe(200);
    expect((await test.board(brand, '1h')).measures['engagements@1']!.value).toBe(1);

    cable.mend();
    await until('it to be ready', async () => (await ready()).status === 200);
    await until('an event to be taken', async () => {
      return (await post(test, `/brands/${brand}/events`, like(1)))?.status === 200;
    });
    await expectExactly(test, database.sql, brand, 2);
    await test.call('DELETE', `/brands/${brand}`);
  });

  it('counts each event once though the answers of commits are lost', { timeout: 120_000 }, async () => {
    const brand = await brandWithFans(test);
    const random = randomFrom(20_261_122);
    const { sent, again } = await sendThrough(test, brand, async () => {
      for (let round = 0; round < 8; round++) {
        await sleep(100 + random() * 300);
        await cable.loseCommit();
        await sleep(random() * 300);
        cable.mend();
      }
    });
    expect(again, 'events whose first commit was not heard of').toBeGreaterThan(0);
    const live = await expectExactly(test, database.sql, brand, sent);
    await test.close();
    test = await start();
    const read = await test.board(brand, '1h');
    const { 'engagements@1': all, 'sentiment@1': mood, 'reach.active@1': reach } = read.measures;
    expect([all!.value, mood!.parts, reach!.value]).toEqual([
      live.measures['engagements@1']!.value,
      live.measures['sentiment@1']!.parts,
      live.measures['reach.active@1']!.value,
    ]);
  });
});

describe('a server whose database is killed', () => {
  let dataDir: string;
  let server: EmbeddedServer;
  let sql: Sql;
  let test: TestApp;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'fanfare-away-'));
    server = await startEmbedded({ dataDir, mortal: true, log: () => undefined });
    sql = createPool(server.url, { max: 1, tenants: 'every' });
    test = await startApp({ database: { url: server.url, sql, drop: () => sql.end({ timeout: 1 }) } });
  });
  afterAll(async () => {
    await test.close();
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('loses no acknowledged event and counts none twice', { timeout: 120_000 }, async () => {
    const brand = await brandWithFans(test);
    const { sent } = await sendThrough(test, brand, async () => {
      for (let round = 0; round < 3; round++) {
        const before = server.pid();
        await sleep(300);
        process.kill(before, 'SIGKILL');
        await until('a new postmaster', () => Promise.resolve(server.pid() !== before));
        await until('readiness', async () => (await fetch(`${test.url}/readyz`)).status === 200);
      }
    });
    await until('the ledger to be read', async () => {
      return sql`select 1`.then(
        () => true,
        () => false,
      );
    });
    await expectExactly(test, sql, brand, sent);
  });
});
