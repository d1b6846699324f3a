import { createHash } from 'node:crypto';
import { appRole } from './app-role.ts';
import type { Sql, Transaction } from './pool.ts';

/** A table of the schema `public`, as the catalog has it. */
type Table = {
  name: string;
  columns: string[];
  guarded: boolean;
  /** What its policies were made from; '' when they were not made here. */
  mark: string;
  /** Rights of the application's role, by name, sorted. */
  rights: string;
};

// A subquery is evaluated once a statement, the bare function once a row.
const setting = (name: string): string =>
  `(select nullif(current_setting('fanfare.${name}', true), '')::int)`;
const organisation = setting('organisation');
const brand = setting('brand');
const known = `(select nullif(current_setting('fanfare.known', true), ''))`;

/** Rows that whoever knows something unguessable about them may read, whose they are being unknown. */
const readable: Readonly<Record<string, string>> = {
  snapshot: `id = ${known}`,
  share_link: `hash = decode(${known}, 'hex')`,
  invitation: `secret_hash = decode(${known}, 'hex')`,
  member: `user_id = ${known}`,
};

const everything = 'DELETE, INSERT, SELECT, UPDATE';
/** Rights of the application where they are fewer: what is never changed there, or removed by upkeep alone. */
const rights: Readonly<Record<string, string>> = {
  organisation: 'SELECT, UPDATE',
  audit_record: 'INSERT, SELECT',
  audit_chain: 'INSERT, SELECT, UPDATE',
  consent_record: 'DELETE, INSERT, SELECT',
  snapshot: 'DELETE, INSERT, SELECT',
};

/** Which rows of a table are the tenant's; null for a table that is nobody's in particular. */
function ownRows(name: string, columns: readonly string[]): string | null {
  if (name === 'organisation') return `id = ${organisation}`;
  if (!columns.includes('organisation_id')) return null;
  const theirs = `organisation_id = ${organisation}`;
  if (name === 'brand') return `${theirs} and (${brand} is null or id = ${brand})`;
  return columns.includes('brand_id') ? `${theirs} and brand_id = ${brand}` : theirs;
}

/**
 * Puts row-level security on every table that carries a tenant, for its owner too, and gives the application's role
 * its rights. Asked of the catalog at every start, so that a new table is never left open, and a database that was
 * restored under another owner is as before. Policies, of which one must allow:
 * - `tenant`: rows of the organisation and brand that the transaction has set;
 * - `every`: all rows, for the owner alone, on connections that say so when they open;
 * - `known`: rows of a few tables whose secret the transaction has set, to be read.
 * @param sql the owner's, a single connection that may wait
 */
export async function guardTables(sql: Sql): Promise<void> {
  const [me] = await sql<{ owner: string; role: boolean }[]>`
    select current_user as owner, exists (select from pg_roles where rolname = ${appRole}) as role`;
  const { owner, role } = me!;
  for (const table of await tablesOf(sql)) {
    const statements = policies(table.name, table.columns);
    const mark = createHash('sha256')
      .update([owner, ...statements].join('\n'))
      .digest('hex');
    const isGuarded = statements.length === 0 || (table.guarded && table.mark === mark);
    const wanted = rights[table.name] ?? everything;
    if (isGuarded && (!role || table.rights === wanted)) continue;
    await sql.begin(async (tx) => {
      if (!isGuarded) await guard(tx, table.name, statements, mark);
      if (!role) return;
      await tx.unsafe(`revoke all on public."${table.name}" from ${appRole}`);
      await tx.unsafe(`grant ${wanted} on public."${table.name}" to ${appRole}`);
    });
  }
  if (role) await openSchema(sql);
}

async function guard(
  tx: Transaction,
  name: string,
  statements: readonly string[],
  mark: string,
): Promise<void> {
  await tx.unsafe(`alter table public."${name}" enable row level security, force row level security`);
  const old = await tx<{ name: string }[]>`
    select policyname as name from pg_policies where schemaname = 'public' and tablename = ${name}`;
  for (const policy of old) await tx.unsafe(`drop policy "${policy.name}" on public."${name}"`);
  for (const statement of statements) await tx.unsafe(statement);
  await tx.unsafe(`comment on policy tenant on public."${name}" is '${mark}'`);
}

function policies(name: string, columns: readonly string[]): string[] {
  const own = ownRows(name, columns);
  if (own === null) return [];
  const on = `on public."${name}"`;
  const every = `current_setting('fanfare.tenants', true) = 'every'`;
  const extra = readable[name];
  return [
    `create policy tenant ${on} using (${own})`,
    `create policy every ${on} to current_user using ((select ${every}))`,
    ...(extra === undefined ? [] : [`create policy known ${on} for select using (${extra})`]),
  ];
}

function tablesOf(sql: Sql): Promise<Table[]> {
  return sql<Table[]>`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as guarded,
      array(select attname::text from pg_attribute
        where attrelid = c.oid and attnum > 0 and not attisdropped) as columns,
      coalesce((select obj_description(p.oid, 'pg_policy') from pg_policy as p
        where p.polrelid = c.oid and p.polname = 'tenant'), '') as mark,
      coalesce((select string_agg(a.privilege_type, ', ' order by a.privilege_type collate "C")
        from aclexplode(c.relacl) as a join pg_roles as r on r.oid = a.grantee
        where r.rolname = ${appRole}), '') as rights
    from pg_class as c
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
    order by c.relname`;
}

/** Where the schema is not open to everybody, as it is by default. */
async function openSchema(sql: Sql): Promise<void> {
  const [schema] = await sql<{ open: boolean }[]>`
    select has_schema_privilege(${appRole}, 'public', 'usage') as open`;
  if (schema?.open !== true) await sql.unsafe(`grant usage on schema public to ${appRole}`);
}
