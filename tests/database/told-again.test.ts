import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { consent, startApp, type TestApp } from '../support/app.ts';

/** Enough that another index looks cheaper than that of the keys, in a table PostgreSQL knows nothing of yet. */
const HELD = 60_000;
const AGAIN = 50;

let app: TestApp;
beforeAll(async () => {
  app = await startApp({});
});
afterAll(() => app.close());

/** What PostgreSQL has counted of the table; a session that rests tells it within ten seconds. */
async function countedBy(enough: (counted: { added: number; read: number }) => boolean): Promise<number> {
  for (let i = 0; i < 600; i++) {
    const [row] = await app.database.sql<{ added: number; read: number }[]>`
      select n_tup_ins::float8 as added, (seq_tup_read + idx_tup_fetch)::float8 as read
      from pg_stat_user_tables where relname = 'engagement'`;
    if (enough(row!)) return row!.read;
    await sleep(100);
  }
  throw new Error('PostgreSQL did not count');
}

it('finds what is told again by its key, without reading the brand, before the table was ever analysed', async () => {
  const brand = await app.makeBrand();
  const now = Date.now();
  await app.call('POST', `/brands/${brand}/consents`, consent('f', now - 3_600_000, { measure: true }));
  const events = Array.from({ length: HELD }, (_, i) => ({
    ...{ id: `e${i}`, network: 'facebook', kind: 'reaction', fan: 'f' },
    occurredAt: new Date(now - 60_000 - i).toISOString(),
  }));
  for (let i = 0; i < HELD; i += 1_000)
    await app.call('POST', `/brands/${brand}/events`, events.slice(i, i + 1_000));
  const before = await countedBy(({ added }) => added >= HELD);
  const { body } = await app.call('POST', `/brands/${brand}/events`, events.slice(0, AGAIN));
  expect(body).toMatchObject({ counted: 0, duplicate: AGAIN });
  const read = await countedBy((counted) => counted.read >= before + AGAIN);
  expect(read - before).toBeLessThan(10 * AGAIN);
});
