import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '@fanfare/db';
import { startSentinel } from '../../db/src/sentinel.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

describe('a database given by its address', () => {
  let test: TestDatabase;
  const log = (): void => undefined;
  const open = (): Promise<Database> => openDatabase({ databaseUrl: test.url, dataDir: '/nowhere', log });

  beforeAll(async () => {
    test = await testDatabase();
  });
  afterAll(() => test.drop());

  it('is held for one process until it closes', async () => {
    const database = await open();
    expect(database).toMatchObject({ url: test.url, embedded: false });
    await expect(open()).rejects.toMatchObject({ code: 'in_use' });
    await database.close();
    await database.close();
    await expect(database.sql`select 1`).rejects.toMatchObject({ code: 'CONNECTION_ENDED' });
    const again = await open();
    expect(again.status().reachable).toBe(true);
    await again.close();
  });

  it('takes it again when its sessions were ended', async () => {
    const database = await open();
    const changes: boolean[] = [];
    database.onChange(({ reachable }) => changes.push(reachable));
    for (let round = 0; round < 3; round++) {
      await test.sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`;
      await sleep(300);
    }
    await sleep(1_500);
    expect(database.status().reachable).toBe(true);
    expect(changes.at(-1) ?? true).toBe(true);
    expect(await database.sql`select 1 as one`).toEqual([{ one: 1 }]);
    await expect(startSentinel(test.url, 100, log)).rejects.toMatchObject({ code: 'in_use' });
    await database.close();
  });

  it('says at once what waiting cannot cure, and at the end of its patience what it could', async () => {
    const wrong = new URL(test.url);
    wrong.password = 'wrong';
    await expect(openDatabase({ databaseUrl: wrong.href, dataDir: '/nowhere', log })).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.not.stringContaining('wrong') as string,
    });
    const missing = new URL(test.url);
    missing.pathname = '/missing';
    await expect(startSentinel(missing.href, 30_000, log)).rejects.toThrow('"missing" does not exist');
    const started = performance.now();
    await expect(startSentinel('postgres://a:b@127.0.0.1:9/c', 600, log)).rejects.toMatchObject({
      code: 'unreachable',
    });
    expect(performance.now() - started).toBeGreaterThan(500);
  });
});
