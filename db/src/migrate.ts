import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseFault, messageOf } from './fault.ts';
import { anotherPool, type Sql } from './pool.ts';
import { guardTables } from './tenancy.ts';

const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url));
const lockKey = 4_702_958_122;

/**
 * Brings the schema up to date with the migrations in `folder` (drizzle's, in order, each once, all in one
 * transaction) on a connection of its own without time limits, one process at a time, and puts row-level security on
 * its tables. Throws `migration_failed` with PostgreSQL's reason, in which case the schema was not changed.
 * @param sql a pool of the tables' owner
 */
export async function migrate(sql: Sql, folder: string = migrationsFolder): Promise<void> {
  const single = anotherPool(sql, { max: 1, name: 'fanfare-migrate', statementTimeoutMs: 0 });
  try {
    await single`select pg_advisory_lock(${lockKey}::int8)`;
    if (!(await isUpToDate(single, folder))) {
      // Loaded when there is something to do: it takes half a second and 90 MiB.
      const [{ drizzle }, { migrate: run }] = await Promise.all([
        import('drizzle-orm/postgres-js'),
        import('drizzle-orm/postgres-js/migrator'),
      ]);
      await run(drizzle(single), { migrationsFolder: folder });
    }
    await guardTables(single);
  } catch (fault) {
    const reason = messageOf(fault instanceof Error && fault.cause !== undefined ? fault.cause : fault);
    throw new DatabaseFault('migration_failed', `The database could not be migrated: ${reason}`, fault);
  } finally {
    await single.end({ timeout: 5 });
  }
}

/** Is the newest migration of the folder the last one that ran here? */
async function isUpToDate(sql: Sql, folder: string): Promise<boolean> {
  const journal = JSON.parse(await readFile(join(folder, 'meta', '_journal.json'), 'utf8')) as {
    entries: readonly { when: number }[];
  };
  const [known] = await sql<{ known: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as known`;
  if (!known?.known) return false;
  const [last] = await sql<{ at: number | null }[]>`
    select max(created_at)::int8 as at from drizzle.__drizzle_migrations`;
  return last?.at === journal.entries.at(-1)?.when;
}
