import { appRole } from '../app-role.ts';
import type { Sql } from '../pool.ts';

/** Functions of PostgreSQL that everybody may call, and whoever only reads our views has no use for. */
const NOBODYS = [
  // Large objects: whoever may read alone could fill the disk with them.
  `proname in ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_put', 'lo_open', 'lowrite', 'lo_truncate', 'lo_truncate64')`,
  // Locks of their own could hold up a migration; messages could wake or flood whoever listens.
  `proname like 'pg%advisory%lock%'`,
  `proname in ('pg_notify', 'pg_logical_emit_message', 'pg_export_snapshot')`,
  // How many rows came and went tells of people, whatever the rows are.
  `(proname like 'pg\\_stat\\_get\\_%' and pronargs = 1 and proargtypes[0] = 'oid'::regtype)`,
  `proname in ('pg_relation_size', 'pg_table_size', 'pg_indexes_size', 'pg_total_relation_size', 'pg_database_size')`,
];

/**
 * Take from everybody, in the database of this connection, what roles for BI tools could do harm with;
 * our own roles keep it. Safe to repeat.
 * @param admin a superuser's
 */
export async function hardenCatalog(admin: Sql): Promise<void> {
  const rows = await admin<{ name: string }[]>`
    select p.oid::regprocedure::text as name from pg_proc as p
    where p.pronamespace = 'pg_catalog'::regnamespace and ${admin.unsafe(`(${NOBODYS.join(' or ')})`)}
      and has_function_privilege('public', p.oid, 'execute')`;
  if (rows.length === 0) return;
  const functions = rows.map(({ name }) => name).join(', ');
  await admin.unsafe(`
    grant execute on function ${functions} to fanfare, ${appRole}, pg_monitor;
    revoke execute on function ${functions} from public`);
}
