import { createHash } from 'node:crypto';
import type { Sql, Transaction } from '@fanfare/db';
import { BI_DEFINITIONS, BI_VIEWS, type BiColumn, type BiView } from '../domain/bi/views.ts';
import { DEFINITIONS } from '../domain/definitions.ts';

/** Owner of the views: may read released cells and who may see which, and nothing else. */
export const BI_OWNER = 'fanfare_bi';
const NOT_ALLOWED = '42501';
/** Raised when the views are to be made anew though their columns are the same. */
const FORM = 1;

const TYPES = { instant: 'timestamptz', date: 'date', text: 'text', integer: 'int8', decimal: 'float8' };

/**
 * Make the schema `bi`, its views and their owner, where that is not done. The views filter by the role
 * that signed in, which it cannot change, and row-level security of the tables below does so again.
 * @param owner of the tables
 * @returns why it cannot be done, in the database's words; `null` when it is
 */
export async function prepareBi(owner: Sql): Promise<string | null> {
  try {
    const [role] = await owner`select from pg_roles where rolname = ${BI_OWNER}`;
    if (!role) await owner.unsafe(`create role ${BI_OWNER} nologin`);
    await mayBecome(owner);
    const statements = [
      ...tables(),
      ...Object.values(BI_VIEWS).flatMap(viewOf),
      ...definitions(),
      ...shadow(),
    ];
    const mark = createHash('sha256')
      .update(JSON.stringify([FORM, statements]))
      .digest('hex');
    const [known] = await owner<{ mark: string | null }[]>`
      select obj_description(oid, 'pg_namespace') as mark from pg_namespace where nspname = 'bi'`;
    const guarded = await owner`select from pg_policies where policyname = 'bi'`;
    if (known?.mark?.endsWith(mark) === true && guarded.length === 2) return null;
    await owner.begin(async (tx) => {
      await tx.unsafe(statements.join(';\n'));
      await tx.unsafe(`comment on schema bi is 'Released numbers for BI tools. Form ${mark}'`);
      await grantAgain(tx);
    });
    return null;
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === NOT_ALLOWED) return fault.message;
    throw fault;
  }
}

/** What an administrator runs once where our user may not make roles. */
export function remedyFor(user: string): string {
  const name = `"${user.replaceAll('"', '""')}"`;
  return [
    `alter role ${name} createrole;`,
    `create role ${BI_OWNER} nologin;`,
    `grant ${BI_OWNER} to ${name};`,
  ].join('\n');
}

/** To give views away one must be able to become their new owner. */
async function mayBecome(owner: Sql): Promise<void> {
  const become = () => owner.begin((tx) => tx.unsafe(`set local role ${BI_OWNER}`));
  await become().catch(async () => {
    await owner.unsafe(`grant ${BI_OWNER} to current_user`);
    await become();
  });
}

function tables(): string[] {
  const mine =
    '(select a.organisation_id, a.brand_id from public.bi_access as a where a.role = session_user::text)';
  return [
    'drop schema if exists bi cascade',
    'drop schema if exists bi_tools cascade',
    'create schema bi',
    'create schema bi_tools',
    `grant usage, create on schema bi, bi_tools to ${BI_OWNER}`,
    `grant usage on schema public to ${BI_OWNER}`,
    // Everybody may look into it by default; the application's role then needs a right of its own.
    `do $$ begin if exists (select from pg_roles where rolname = 'fanfare_app') then
       grant usage on schema public to fanfare_app; end if; end $$`,
    'revoke usage on schema public from public',
    `grant select (organisation_id, brand_id, view, bucket, cells, hidden, published_at) on public.release_cell to ${BI_OWNER}`,
    `grant select (organisation_id, brand_id, brand, role) on public.bi_access to ${BI_OWNER}`,
    'drop policy if exists bi on public.bi_access',
    `create policy bi on public.bi_access for select to ${BI_OWNER} using (role = session_user::text)`,
    'drop policy if exists bi on public.release_cell',
    `create policy bi on public.release_cell for select to ${BI_OWNER} using ((organisation_id, brand_id) = ${mine})`,
  ];
}

function viewOf(view: BiView): string[] {
  const columns = view.columns.map(
    (column) => `${besideCells(view, column) ?? `r.${column.name}`} as ${column.name}`,
  );
  // The cells of a row are read once for all of its columns.
  const read = view.columns.filter((column) => besideCells(view, column) === null);
  return given(view, [
    `create view bi.${view.name} with (security_barrier) as select ${columns.join(', ')}
     from public.bi_access as a join public.release_cell as c
       on c.organisation_id = a.organisation_id and c.brand_id = a.brand_id
     cross join lateral json_to_record(c.cells) as r (${read.map(({ name, type }) => `${name} ${TYPES[type]}`).join(', ')})
     where a.role = session_user::text and c.view = '${view.name}'`,
  ]);
}

/** A column that is known without its cells, so that days are joined by a number; `null` for others. */
function besideCells({ grain }: BiView, { name }: BiColumn): string | null {
  if (name === 'brand') return 'a.brand';
  if (name === 'hidden_columns') return 'c.hidden';
  if (name === 'published_at') return 'to_timestamp(c.published_at / 1000.0)';
  if (name === 'hour_start') return 'to_timestamp(c.bucket * 3600.0)';
  return name === 'day' && grain === 'day' ? `date '1970-01-01' + c.bucket` : null;
}

function definitions(): string[] {
  const names = BI_DEFINITIONS.columns.map(({ name }) => name);
  const rows = DEFINITIONS.map(({ id, name, formula, unit, kind, purpose, source }) =>
    [id, name.en, name.fr, formula.en, formula.fr, unit, kind, purpose, source].map(literal).join(', '),
  );
  const values = rows.map((row) => `(${row})`).join(', ');
  return given(BI_DEFINITIONS, [
    `create view bi.definitions with (security_barrier) as
     select * from (values ${values}) as t (${names.join(', ')})`,
  ]);
}

/**
 * Some tools ask how many rows tables have, by a name without its schema. Their roles find this, which
 * is empty, before the statistics of the whole database, which they may not read.
 */
function shadow(): string[] {
  return [
    `create view bi_tools.pg_stat_user_tables as select null::oid as relid, ''::name as schemaname,
     ''::name as relname, 0::int8 as n_live_tup where false`,
    `alter view bi_tools.pg_stat_user_tables owner to ${BI_OWNER}`,
  ];
}

function given(
  { name, comment, columns }: Pick<BiView, 'name' | 'comment' | 'columns'>,
  made: string[],
): string[] {
  return [
    ...made,
    `alter view bi.${name} owner to ${BI_OWNER}`,
    `comment on view bi.${name} is ${literal(comment)}`,
    ...columns.map((column) => `comment on column bi.${name}.${column.name} is ${literal(column.comment)}`),
  ];
}

/** Roles that were made before get the new views. */
async function grantAgain(tx: Transaction): Promise<void> {
  const roles = await tx<{ role: string }[]>`
    select role from public.bi_access as a join pg_roles as r on r.rolname = a.role`;
  for (const { role } of roles) await tx.unsafe(grantsFor(role));
}

/** What a role for BI tools may do here: look at the views. */
export function grantsFor(role: string): string {
  return `grant usage on schema bi, bi_tools to ${role}; grant select on all tables in schema bi, bi_tools to ${role}`;
}

function literal(text: string | null): string {
  return text === null ? 'null::text' : `'${text.replaceAll("'", "''")}'`;
}
