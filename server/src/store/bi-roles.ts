import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import type { Sql } from '@fanfare/db';
import { grantsFor } from './bi-schema.ts';

/** Sessions of one role at a time. */
const SESSIONS = 5;
const ITERATIONS = 4_096;
/** A statement may run so long, and one that got around that is ended after the second, seconds. */
const [STATEMENT_S, LONGEST_S] = [30, 60];

/** What a session of a role begins with. It can change these; the watch of sessions it cannot. */
const SETTINGS: Readonly<Record<string, string>> = {
  default_transaction_read_only: 'on',
  statement_timeout: `${STATEMENT_S}s`,
  idle_in_transaction_session_timeout: '30s',
  lock_timeout: '5s',
  search_path: 'bi_tools, bi, pg_catalog',
  max_parallel_workers_per_gather: '0',
  // Who sees what is known when it runs alone: the planner takes every view for one row, and would read the
  // second of two joined views anew for each row of the first.
  enable_nestloop: 'off',
};
/** Of administrators alone: set where that is possible. */
const BOUNDS: Readonly<Record<string, string>> = { temp_file_limit: '256MB' };

/**
 * Make a role that reads the views of the schema `bi` and nothing else. Its row in `bi_access` says of which brand.
 * @param role a name of letters, digits and underscores alone
 * @param embedded is the server ours alone? Then nobody else may connect either
 */
export async function makeBiRole(
  owner: Sql,
  role: string,
  password: string,
  embedded: boolean,
): Promise<void> {
  const [{ name } = { name: '' }] = await owner<
    { name: string }[]
  >`select quote_ident(current_database()) as name`;
  await owner.begin(async (tx) => {
    await tx.unsafe(
      `create role ${role} login noinherit connection limit ${SESSIONS} password '${verifierOf(password)}'`,
    );
    for (const [setting, value] of Object.entries(SETTINGS))
      await tx.unsafe(
        `alter role ${role} set ${setting} to ${value
          .split(', ')
          .map((one) => `'${one}'`)
          .join(', ')}`,
      );
    for (const [setting, value] of Object.entries(BOUNDS))
      await tx
        .savepoint((inner) => inner.unsafe(`alter role ${role} set ${setting} to '${value}'`))
        .catch(() => null);
    await tx.unsafe(`comment on role ${role} is 'BI tools of Fanfare'`);
    await tx.unsafe(`revoke temporary${embedded ? ', connect' : ''} on database ${name} from public`);
    await tx.unsafe(`grant connect on database ${name} to ${role}`);
    await tx.unsafe(grantsFor(role));
    // So that its sessions can be seen and ended.
    await tx.unsafe(`grant ${role} to current_user`);
  });
}

/** End a role and its sessions. Nothing happens when there is none. */
export async function endBiRole(owner: Sql, role: string): Promise<void> {
  const [found] = await owner`select from pg_roles where rolname = ${role}`;
  if (!found) return;
  await owner.unsafe(`alter role ${role} nologin`);
  await owner`select pg_terminate_backend(pid) from pg_stat_activity where usename = ${role}`;
  await owner.begin(async (tx) => {
    await tx.unsafe(`drop owned by ${role}`);
    await tx.unsafe(`drop role ${role}`);
  });
}

/**
 * End the sessions of roles whose statement or transaction has run too long, whatever they have set.
 * @returns roles with a session now
 */
export async function watchBiRoles(owner: Sql, roles: readonly string[]): Promise<readonly string[]> {
  if (roles.length === 0) return [];
  const rows = await owner<{ role: string; over: boolean }[]>`
    with seen as (select pid, usename::text as role,
        coalesce(state = 'active' and query_start < now() - ${`${LONGEST_S}s`}::interval, false)
        or coalesce(xact_start < now() - ${`${2 * LONGEST_S}s`}::interval, false) as over
      from pg_stat_activity where usename = any(${roles as string[]}))
    select role, over, case when over then pg_terminate_backend(pid) end from seen`;
  return [...new Set(rows.map(({ role }) => role))];
}

/** What the database keeps of a password (SCRAM-SHA-256, RFC 5803): it and its log never see the password. */
function verifierOf(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256');
  const mac = (text: string) => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(mac('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${mac('Server Key').toString('base64')}`;
}
