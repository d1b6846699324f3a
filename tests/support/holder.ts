import { openDatabase } from '@fanfare/db';

/**
 * A process of its own that holds the embedded database under argv[2]: it writes one row after another, printing each
 * number once its commit is acknowledged, beside a session that is busy, until it is killed.
 */
const { owner: sql } = await openDatabase({ dataDir: process.argv[2] ?? '', log: () => undefined });
await sql`create table if not exists held (n int8 primary key)`;
sql`select pg_sleep(15)`.catch(() => undefined);
const [last] = await sql<{ n: number }[]>`select coalesce(max(n), 0) as n from held`;
for (let n = (last?.n ?? 0) + 1; ; n++) {
  await sql`insert into held values (${n})`;
  process.stdout.write(`${n}\n`);
}
