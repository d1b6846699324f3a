import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool, withTimeout } from '@fanfare/db';
import { testDatabase, type TestDatabase } from '../support/database.ts';

/** Fails when something does not settle; gives how it did. */
async function settled(work: PromiseLike<unknown>[]): Promise<string[]> {
  const results = await withTimeout(Promise.allSettled(work), 20_000, 'the driver');
  return results.map(({ status }) => status);
}

// What the driver throws outside of any query ends the process; vitest reports it as a failed run.
describe('the driver, patched', () => {
  let test: TestDatabase;
  const ends: (() => unknown)[] = [];

  beforeAll(async () => {
    test = await testDatabase();
    await test.sql`create table entry (n int8 primary key)`;
  });
  afterAll(async () => {
    for (const end of ends) await end();
    await test.drop();
  });

  const pool = (max: number, url = test.url): ReturnType<typeof createPool> => {
    const sql = createPool(url, { max });
    ends.push(() => sql.end({ timeout: 1 }));
    return sql;
  };
  const terminate = async (pid: unknown): Promise<void> => {
    await test.sql`select pg_terminate_backend(${Number(pid)})`;
    await sleep(100);
  };

  it('rejects a query on a reserved connection that died, and gives the pool its place back', async () => {
    const sql = pool(1);
    const reserved = await sql.reserve();
    const [session] = await reserved`select pg_backend_pid() as pid`;
    await terminate(session?.['pid']);
    await expect(withTimeout(reserved`select 1`, 20_000)).rejects.toMatchObject({
      code: 'CONNECTION_CLOSED',
    });
    reserved.release();
    expect(await sql`select 2 as two`).toMatchObject([{ two: 2 }]);
  });

  it('ends a transaction with its connection: what it still sends reaches nobody else', async () => {
    const sql = pool(1);
    let late: Promise<unknown> = Promise.resolve();
    const first = sql.begin(async (tx) => {
      const [session] = await tx`select pg_backend_pid() as pid`;
      await terminate(session?.['pid']);
      await sleep(200);
      late = tx`insert into entry values (1)`.execute();
      await late;
    });
    await expect(first).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
    await sql.begin(async (tx) => {
      await tx`insert into entry values (2)`;
      await sleep(300);
    });
    await expect(late).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
    expect(await sql`select n from entry`).toEqual([{ n: 2 }]);
    await sql`truncate entry`;
  });

  it('fails a query it cannot build alone, not the one that is running', async () => {
    const sql = pool(1);
    const broken = (): PromiseLike<unknown> => sql.unsafe('select $1', [undefined as never]);
    const running = sql`select pg_sleep(0.2)`.execute();
    const results = await settled([running, broken(), broken(), sql`select 1`]);
    expect(results).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  });

  it('rejects a COPY that the server refuses at its end', async () => {
    const sql = pool(1);
    const stream = await sql`copy entry from stdin`.writable();
    const ended = new Promise((resolve, reject) => stream.once('finish', resolve).once('error', reject));
    stream.end('1\n1\n');
    await expect(withTimeout(ended, 20_000)).rejects.toThrow(/duplicate key/);
    expect(await sql`select count(*) as n from entry`).toEqual([{ n: 0 }]);
  });

  it('reserves what is not open yet, with more takers than places', async () => {
    const sql = pool(2);
    const take = async (): Promise<void> => {
      const reserved = await sql.reserve();
      await reserved`select 1`;
      reserved.release();
    };
    expect(new Set(await settled([take(), take(), take(), take()]))).toEqual(new Set(['fulfilled']));
  });

  it('settles everything when the server hangs up at once', async () => {
    let connections = 0;
    const server = net.createServer((socket) => {
      connections++;
      socket.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ends.push(() => server.close());
    const { port } = server.address() as net.AddressInfo;
    const sql = pool(2, `postgres://a:b@127.0.0.1:${port}/c`);
    expect(await settled([sql`select 1`, sql`select 2`, sql.begin((tx) => tx`select 3`)])).toEqual(
      Array(3).fill('rejected'),
    );
    expect(connections).toBeLessThan(10);
  });

  it('settles everything wherever the connection is cut', async () => {
    const { hostname, port } = new URL(test.url);
    let allowed = 0;
    const proxy = net.createServer((client) => {
      const server = net.connect(Number(port), hostname);
      let left = allowed;
      allowed = Number.POSITIVE_INFINITY;
      server.on('data', (chunk: Buffer) => {
        client.write(chunk.subarray(0, left));
        left -= chunk.length;
        if (left <= 0) {
          if (chunk.length % 2 === 0) client.resetAndDestroy();
          else client.end();
          server.destroy();
        }
      });
      client.on('data', (chunk) => server.write(chunk));
      client.on('error', () => server.destroy()).on('close', () => server.destroy());
      server.on('error', () => client.destroy()).on('close', () => client.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    ends.push(() => proxy.close());
    const target = new URL(test.url);
    target.port = String((proxy.address() as net.AddressInfo).port);

    let cuts = 0;
    for (let bytes = 1; bytes < 4_000; bytes += bytes < 700 ? 13 : 97) {
      allowed = bytes;
      const sql = createPool(target.href, { max: 1 });
      const results = await settled([
        sql`select n from entry where n = ${1}`,
        sql.begin(async (tx) => {
          await tx`select 1`;
          await tx`select n from entry where n = any(${[1, 2]}::int8[])`;
        }),
        sql`select 2`,
      ]);
      if (results.includes('rejected')) cuts++;
      // The cut may come just after the last answer: then the next query still meets it.
      const again = (): PromiseLike<unknown> => withTimeout(sql`select 4 as four`, 10_000, `after ${bytes}`);
      expect(await Promise.resolve(again()).catch(again)).toEqual([{ four: 4 }]);
      await sql.end({ timeout: 1 });
    }
    expect(cuts).toBeGreaterThan(20);
  });
});
