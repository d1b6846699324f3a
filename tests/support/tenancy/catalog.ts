import type { Sql } from '@fanfare/db';

/** Tables that are no tenant's, and why that is right. */
const NOBODYS: Readonly<Record<string, string>> = {
  staff: 'a person may belong to several organisations',
  auth_session: 'of a person',
  auth_account: 'of a person',
  auth_verification: 'of a person who is signing in',
  auth_two_factor: 'of a person',
  auth_passkey: 'of a person',
};

/** Unique keys of a tenant's tables that do not begin with the tenant, and why that tells nobody anything. */
const KEYS_OF_THEIR_OWN: Readonly<Record<string, string>> = {
  organisation_pkey: 'is the tenant',
  brand_slug: 'the address of a brand, public, and taken for everybody',
  source_address: 'random, and part of a public address: whoever finds it taken knows it',
  share_link_hash: 'hash of a secret in an address: whoever finds it taken knows the secret',
  bi_access_role: 'random, and seen by all roles of the database',
  bi_access_hash: 'hash of 24 random bytes: whoever finds it taken knows the key',
  invitation_secret: 'hash of 32 random bytes: whoever finds it taken knows the secret',
};

/**
 * Views that do not run with the rights of whoever asks (`security_invoker`), and why. Every view needs
 * it, or it reads with its owner's eyes, for whom the rows of all tenants may be open; a materialised
 * view has no row-level security at all and can only stand here.
 */
const VIEWS_OF_THE_OWNER: Readonly<Record<string, string>> = {};

const APP = 'fanfare_app';

/** A table with what guards it. */
interface Guarded {
  readonly name: string;
  readonly columns: readonly string[];
  readonly forced: boolean;
  readonly policies: readonly { roles: string[]; using: string | null; check: string | null }[];
}

/** Everything in the catalog that would let one tenant see or touch another, one sentence each. */
export async function tenancyFaults(sql: Sql): Promise<string[]> {
  const faults = await Promise.all([
    ...[tableFaults(sql), keyFaults(sql), viewFaults(sql), biFaults(sql), roleFaults(sql)],
  ]);
  return faults.flat().sort();
}

/** Tables that carry a tenant: an organisation, or an organisation and a brand. */
export async function tenantTables(sql: Sql): Promise<{ name: string; ofBrand: boolean }[]> {
  const tables = await tablesOf(sql);
  return tables
    .filter(({ columns }) => columns.includes('organisation_id') || columns.includes('brand_id'))
    .map(({ name, columns }) => ({ name, ofBrand: columns.includes('brand_id') }));
}

function tablesOf(sql: Sql): Promise<Guarded[]> {
  return sql<Guarded[]>`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
      array(select attname::text from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped) as columns,
      coalesce((select json_agg(json_build_object('roles', p.roles, 'using', p.qual, 'check', p.with_check))
        from pg_policies as p where p.schemaname = 'public' and p.tablename = c.relname), '[]') as policies
    from pg_class as c
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`;
}

async function tableFaults(sql: Sql): Promise<string[]> {
  const [me] = await sql<{ owner: string }[]>`select current_user as owner`;
  return (await tablesOf(sql)).flatMap(({ name, columns, forced, policies }) => {
    const carries = columns.includes('organisation_id');
    if (name !== 'organisation' && !carries && !columns.includes('brand_id'))
      return name in NOBODYS ? [] : [`${name}: carries no tenant`];
    if (name !== 'organisation' && !carries) return [`${name}: has a brand without its organisation`];
    if (!forced) return [`${name}: row-level security is not enabled and forced`];
    // The owner of the views for BI tools is shown what belongs to the role that signed in.
    const ofViews = (one: (typeof policies)[number]) =>
      one.roles.join() === 'fanfare_bi' && /role = .*SESSION_USER/s.test(one.using ?? '');
    const open = policies.filter((one) => one.roles.some((role) => role !== me!.owner) && !ofViews(one));
    if (open.length === 0) return [`${name}: has no policy`];
    const needed = name === 'organisation' || !columns.includes('brand_id') ? 'organisation' : 'brand';
    const isBound = (text: string | null) => text === null || text.includes(`'fanfare.${needed}'`);
    const isKnown = (text: string | null) => text?.includes(`'fanfare.known'`) === true;
    return open.every(({ using, check }) => (isBound(using) && isBound(check)) || isKnown(using))
      ? []
      : [`${name}: a policy does not ask for the tenant`];
  });
}

async function keyFaults(sql: Sql): Promise<string[]> {
  const rows = await sql<{ key: string; name: string; ofBrand: boolean; columns: string[] }[]>`
    select i.relname as key, t.relname as name,
      exists (select from pg_attribute where attrelid = t.oid and attname = 'brand_id' and not attisdropped) as "ofBrand",
      array(select a.attname::text from unnest(x.indkey::int2[]) with ordinality as k(n, place)
        join pg_attribute as a on a.attrelid = t.oid and a.attnum = k.n order by place) as columns
    from pg_index as x join pg_class as i on i.oid = x.indexrelid join pg_class as t on t.oid = x.indrelid
    where x.indisunique and t.relnamespace = 'public'::regnamespace`;
  return rows.flatMap(({ key, name, ofBrand, columns }) => {
    if (name in NOBODYS || key in KEYS_OF_THEIR_OWN) return [];
    const led = columns[0] === 'organisation_id' && (!ofBrand || columns[1] === 'brand_id');
    return led ? [] : [`${name}: the key ${key} does not begin with the tenant`];
  });
}

async function viewFaults(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string; ok: boolean }[]>`
    select relname as name, relkind = 'v' and coalesce('security_invoker=true' = any(reloptions)
      or 'security_invoker=on' = any(reloptions), false) as ok
    from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace`;
  return rows.flatMap(({ name, ok }) =>
    ok || name in VIEWS_OF_THE_OWNER ? [] : [`${name}: the view reads with its owner's rights`],
  );
}

/**
 * Views for BI tools cannot run with the rights of whoever asks, who has none below them. They belong
 * to a role that reads released numbers alone, and keep what leaks out of their filter.
 */
async function biFaults(sql: Sql): Promise<string[]> {
  const rows = await sql<{ fault: string }[]>`
    select c.relname || ': the view for BI tools has no barrier' as fault from pg_class as c
      where c.relnamespace = to_regnamespace('bi') and c.relkind in ('v', 'm')
        and not coalesce('security_barrier=true' = any(c.reloptions), false)
    union all select c.relname || ': the view for BI tools is not of their owner' from pg_class as c
      where c.relnamespace = to_regnamespace('bi') and c.relowner <> to_regrole('fanfare_bi')
    union all select c.relname || ': the owner of the views may read it' from pg_class as c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
        and c.relname not in ('release_cell', 'bi_access') and to_regrole('fanfare_bi') is not null
        and (c.relkind = 'S' or has_any_column_privilege('fanfare_bi', c.oid, 'select, insert, update, references'))
        and (c.relkind <> 'S' or has_sequence_privilege('fanfare_bi', c.oid, 'usage, select, update'))`;
  return rows.map(({ fault }) => fault);
}

/** The application's role is nobody, owns nothing, and may do no more than four things with rows. */
async function roleFaults(sql: Sql): Promise<string[]> {
  const rows = await sql<{ fault: string }[]>`
    select 'the role ' || rolname || ' has a right over the server' as fault from pg_roles
    where rolname = ${APP} and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication or rolcanlogin)
    union all select 'the role is missing' where not exists (select from pg_roles where rolname = ${APP})
    union all select 'the role belongs to ' || roleid::regrole from pg_auth_members
      where member = (select oid from pg_roles where rolname = ${APP})
    union all select c.relname || ': belongs to the role of the application' from pg_class as c
      where c.relowner = (select oid from pg_roles where rolname = ${APP})
    union all select p.proname || ': the function belongs to the role of the application' from pg_proc as p
      where p.proowner = (select oid from pg_roles where rolname = ${APP})
    union all select p.proname || ': the function runs with its owner''s rights' from pg_proc as p
      where p.prosecdef and p.pronamespace = 'public'::regnamespace
    union all select c.relname || ': the application may ' || a.privilege_type
      from pg_class as c cross join lateral aclexplode(c.relacl) as a
      where c.relnamespace = 'public'::regnamespace and a.grantee = (select oid from pg_roles where rolname = ${APP})
        and a.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
    union all select 'the application may make things in the schema'
      where has_schema_privilege(${APP}, 'public', 'create')`;
  return rows.map(({ fault }) => fault);
}
