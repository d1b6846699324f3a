import type { Sql, Transaction } from '@fanfare/db';

/** A made-up value for each type that columns have here. */
const VALUES: Readonly<Record<string, string>> = {
  int2: '1',
  int4: '1',
  int8: '1',
  float8: '1',
  bool: 'true',
  text: `'x'`,
  bytea: `decode(md5(random()::text), 'hex')`,
  json: `'{}'`,
  uuid: 'gen_random_uuid()',
  _text: `'{}'`,
  _int4: `'{1}'`,
};

/** Put one made-up row of a tenant into a table, whatever its columns are. */
export async function fillTable(
  sql: Sql | Transaction,
  table: string,
  { organisation, id }: { readonly organisation: number; readonly id: number },
): Promise<void> {
  const columns = await sql<{ name: string; type: string }[]>`
    select column_name as name, udt_name as type from information_schema.columns
    where table_schema = 'public' and table_name = ${table} and is_nullable = 'NO' and is_identity = 'NO'
      and column_default is null`;
  const values = columns.map(({ name, type }) => {
    if (name === 'organisation_id') return String(organisation);
    if (name === 'brand_id') return String(id);
    if (name === 'user_id' || name === 'slug' || name === 'address') return `'x-${organisation}-${id}'`;
    const value = VALUES[type];
    if (value === undefined) throw new Error(`no made-up value for the type ${type} of ${table}.${name}`);
    return value;
  });
  const names = columns.map(({ name }) => `"${name}"`);
  await sql.unsafe(`insert into public."${table}" (${names.join(', ')}) values (${values.join(', ')})`);
}
