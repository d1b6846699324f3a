import type { Sql } from '@fanfare/db';

/** A table up to this size is written anew within two seconds on a busy machine; its writers wait. */
const SMALL = 32 * 2 ** 20;
/** SQLSTATE of a right the role has not got. */
const NOT_ALLOWED = '42501';

/** What a run has done, tables by name. */
export interface Scrubbed {
  /** Written anew: nothing deleted is left in their files. */
  readonly rewritten: readonly string[];
  /** Too large for that: their free space is used again by what comes. */
  readonly vacuumed: readonly string[];
  /** Is the write-ahead log of before gone? Not where the role has no right to a checkpoint. */
  readonly log: boolean;
}

/**
 * Take deleted rows out of the files of the database, not only out of sight: PostgreSQL leaves them in
 * its pages, in the samples of its planner, and in the write-ahead log. Waits for no lock longer than
 * two seconds, and no statement runs longer than any other here; a run that fails can be repeated.
 * @param sql the owner's
 */
export async function scrub(sql: Sql): Promise<Scrubbed> {
  const own = await sql.reserve();
  try {
    await own`set lock_timeout = '2s'`;
    const tables = await own<{ name: string; size: number }[]>`
      select c.relname as name, pg_total_relation_size(c.oid) as size from pg_class as c
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'consent_record'
        and exists (select from pg_attribute as a where a.attrelid = c.oid and not a.attisdropped
          and a.attname in ('fan', 'sealed_key'))
      order by c.relname`;
    for (const { name, size } of tables) {
      const how = size <= SMALL ? '(full, analyze)' : '(analyze)';
      await own.unsafe(`vacuum ${how} public."${name}"`);
    }
    // Its samples hold values of rows that are gone. Who does not own the database is told no, and goes on.
    await own.unsafe('vacuum (full) pg_catalog.pg_statistic');
    const [small, large] = [tables.filter(isSmall), tables.filter((table) => !isSmall(table))];
    return {
      rewritten: small.map(({ name }) => name),
      vacuumed: large.map(({ name }) => name),
      log: await renewLog(own),
    };
  } finally {
    await own`reset lock_timeout`.catch(() => undefined);
    own.release();
  }
}

function isSmall({ size }: { readonly size: number }): boolean {
  return size <= SMALL;
}

/** Begin a new segment of the write-ahead log, and let those before it go. */
async function renewLog(sql: Sql): Promise<boolean> {
  try {
    await sql`select pg_switch_wal()`;
    await sql`checkpoint`;
    return true;
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === NOT_ALLOWED) return false;
    throw fault;
  }
}
