import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool, openDatabase, withTimeout, type Database } from '@fanfare/db';

describe('a database that dies or freezes under load', () => {
  let dataDir = '';
  let database: Database;

  const postmaster = async (): Promise<number> => {
    const text = await readFile(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8');
    return Number(text.split('\n')[0]);
  };
  /** Milliseconds until the condition holds; fails after thirty seconds. */
  const until = async (what: string, holds: () => boolean | Promise<boolean>): Promise<number> => {
    const started = performance.now();
    while (!(await holds())) {
      expect(performance.now() - started, what).toBeLessThan(30_000);
      await sleep(20);
    }
    return performance.now() - started;
  };
  const answers = (): Promise<boolean> =>
    withTimeout(database.sql`select 1`, 5_000).then(
      () => true,
      () => false,
    );

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'fanfare-crash-'));
    database = await openDatabase({
      dataDir,
      log: () => undefined,
    });
    await database.owner`create table entry (n int8 primary key)`;
    await database.owner`grant select, insert on entry to fanfare_app`;
  });
  afterAll(async () => {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('settles every query, keeps every acknowledged row, and works again, five times over', async () => {
    const acknowledged: number[] = [];
    const changes: boolean[] = [];
    const forget = database.onChange(({ reachable }) => changes.push(reachable));
    let next = 0;
    let going = true;
    let slowest = 0;
    let rejected = 0;
    const insert = async (): Promise<void> => {
      const n = next++;
      const { sql } = database;
      const work: PromiseLike<unknown> =
        n % 3 === 0
          ? sql`insert into entry values (${n})`.execute()
          : sql.begin(async (tx) => {
              await tx`insert into entry values (${n})`;
              if (n % 3 === 1) await tx`select n from entry where n = any(${[n, n + 1]}::int8[])`;
            });
      const started = performance.now();
      await withTimeout(work, 25_000, `query ${n}`).then(
        () => acknowledged.push(n),
        () => rejected++,
      );
      slowest = Math.max(slowest, performance.now() - started);
    };
    const worker = async (): Promise<void> => {
      while (going) {
        await insert();
        await sleep(2);
      }
    };
    const workers = Array.from({ length: 24 }, worker);
    for (let round = 0; round < 5; round++) {
      const before = await postmaster();
      await sleep(100 + 150 * round);
      process.kill(before, 'SIGKILL');
      await until('a new postmaster', async () => (await postmaster().catch(() => before)) !== before);
      await until('answers', answers);
    }
    going = false;
    await Promise.all(workers);
    await until('the watch to see it', () => database.status().reachable);
    forget();
    const rows = await database.sql<{ n: number }[]>`select n from entry`;
    const present = new Set(rows.map(({ n }) => n));
    expect(acknowledged.filter((n) => !present.has(n))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(100);
    expect(rejected).toBeGreaterThan(0);
    expect(slowest, 'milliseconds until a query settled').toBeLessThan(25_000);
    expect(changes.slice(0, 2)).toEqual([false, true]);
    expect(database.status()).toEqual({ reachable: true, since: null, reason: null });
  });

  it('settles what waits on a frozen database, says since when, and goes on when it thaws', async () => {
    const pid = await postmaster();
    const quick = createPool(database.url, { max: 2, statementTimeoutMs: 500 });
    const sessions = await quick<{ pid: number }[]>`select pid from pg_stat_activity`;
    const all = (signal: NodeJS.Signals): void => {
      for (const one of [pid, ...sessions.map((session) => session.pid)]) process.kill(one, signal);
    };
    const frozenAt = new Date();
    all('SIGSTOP');
    try {
      const transaction = quick.begin((tx) => tx`select 2`);
      const results = await Promise.allSettled([
        quick`select 1`,
        transaction,
        withTimeout(quick`select 3`, 50),
      ]);
      expect(results.map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
      await until('the watch to see it', () => !database.status().reachable);
      expect(database.status().since?.getTime()).toBeGreaterThanOrEqual(frozenAt.getTime());
    } finally {
      all('SIGCONT');
    }
    await until('the watch to see it', () => database.status().reachable);
    expect(await quick`select 4 as four`).toEqual([{ four: 4 }]);
    await quick.end({ timeout: 1 });
  });

  it('gives a statement that runs too long its end', async () => {
    const quick = createPool(database.url, { max: 1, statementTimeoutMs: 300 });
    await expect(quick`select pg_sleep(5)`).rejects.toMatchObject({ code: '57014' });
    expect(await quick`select 1 as one`).toEqual([{ one: 1 }]);
    await quick.end({ timeout: 1 });
  });
});
