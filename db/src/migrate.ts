import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import { fileURLToPath } from 'node:url';
import { DatabaseFault, messageOf } from './fault.ts';
import { anotherPool, type Sql } from './pool.ts';

const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url));
const lockKey = 4_702_958_122;

/**
 * Brings the schema up to date with the migrations in `folder` (drizzle's, in order, each once, all in one
 * transaction) on a connection of its own without time limits, one process at a time. Throws `migration_failed`
 * with PostgreSQL's reason, in which case nothing was changed.
 */
export async function migrate(sql: Sql, folder: string = migrationsFolder): Promise<void> {
  const single = anotherPool(sql, { max: 1, name: 'fanfare-migrate', statementTimeoutMs: 0 });
  try {
    await single`select pg_advisory_lock(${lockKey}::int8)`;
    await runMigrations(drizzle(single), { migrationsFolder: folder });
  } catch (fault) {
    const reason = messageOf(fault instanceof Error && fault.cause !== undefined ? fault.cause : fault);
    throw new DatabaseFault('migration_failed', `The database could not be migrated: ${reason}`, fault);
  } finally {
    await single.end({ timeout: 5 });
  }
}
