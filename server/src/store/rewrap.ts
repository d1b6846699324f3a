import type { Sql, Transaction } from '@fanfare/db';
import type { Sealing } from './sealing.ts';

/** A column whose values are wrapped by the root key, and the whole numbers that find its row. */
interface WrappedColumn {
  readonly table: string;
  readonly column: string;
  readonly key: readonly string[];
}

/** Everything that a change of the root key must wrap anew. A test compares it with the catalog. */
export const WRAPPED: readonly WrappedColumn[] = [
  { table: 'organisation', column: 'accounts_key', key: ['id'] },
  { table: 'brand', column: 'pseudonym_key', key: ['organisation_id', 'id'] },
  { table: 'alert', column: 'webhook_key', key: ['organisation_id', 'brand_id', 'id'] },
  { table: 'outgoing', column: 'webhook_key', key: ['organisation_id', 'brand_id'] },
  { table: 'safety_contact', column: 'webhook_key', key: ['organisation_id', 'brand_id'] },
  { table: 'fan', column: 'sealed_key', key: ['organisation_id', 'brand_id', 'id'] },
  { table: 'source', column: 'sealed_secrets', key: ['organisation_id', 'brand_id', 'id'] },
];

/** Rows read, wrapped and written at once: a few hundred kilobytes. */
const CHUNK = 4_000;

/** Some wrapped key does not open under the secret it should. Nothing was changed. */
export class WrongSecret extends Error {
  override readonly name = 'WrongSecret';
}

/** Does the root key open what is stored? `null` while nothing is stored that could tell. @param sql sees every tenant */
export async function opensStored(sql: Sql, sealing: Sealing): Promise<boolean | null> {
  const [there] = await sql<{ there: boolean }[]>`select to_regclass('public.brand') is not null as there`;
  if (there?.there !== true) return null;
  const [brand] = await sql<{ key: Uint8Array }[]>`select pseudonym_key as key from brand limit 1`;
  if (brand === undefined) return null;
  try {
    sealing.open(brand.key);
    return true;
  } catch {
    return false;
  }
}

/**
 * Wrap every key anew under `next`, all in one transaction, in constant memory.
 * @param sql sees every tenant, and owns the tables
 * @param report told after each chunk how many keys of how many are done
 * @returns how many keys there were
 * @throws WrongSecret when one does not open under `now`; then nothing was changed
 */
export async function rewrapAll(
  sql: Sql,
  now: Sealing,
  next: Sealing,
  report: (done: number, of: number) => void,
): Promise<number> {
  return sql.begin(async (tx) => {
    // Readers go on; a writer that slipped in would wrap under the old key.
    await tx`lock table ${tx(WRAPPED.map(({ table }) => table))} in exclusive mode`;
    let of = 0;
    for (const one of WRAPPED) of += await countOf(tx, one);
    let done = 0;
    for (const one of WRAPPED) {
      for (let rows = await chunkOf(tx, one, null); rows.length > 0;) {
        await save(
          tx,
          one,
          rows.map((row) => ({ ...row, wrapped: rewrap(row.wrapped, now, next, one) })),
        );
        done += rows.length;
        report(done, of);
        rows = rows.length < CHUNK ? [] : await chunkOf(tx, one, rows.at(-1)!);
      }
    }
    // Whoever knew the old key and has an old copy of the database could sign in as anybody.
    await tx`delete from auth_session`;
    if (done !== of) throw new Error(`${of} keys were to be wrapped anew, ${done} were: nothing was changed`);
    return done;
  });
}

/** The parts of a row's key by name, and the wrapped value, hexadecimal. */
type Row = Readonly<Record<string, number | string>> & { readonly wrapped: string };

function rewrap(wrapped: string, now: Sealing, next: Sealing, { table }: WrappedColumn): string {
  let key: Uint8Array;
  try {
    key = now.open(Buffer.from(wrapped, 'hex'));
  } catch {
    throw new WrongSecret(`A key in the table "${table}" does not open under the present secret`);
  }
  return Buffer.from(next.seal(key)).toString('hex');
}

async function countOf(tx: Transaction, { table, column }: WrappedColumn): Promise<number> {
  const [row] = await tx<{ n: number }[]>`
    select count(*) as n from ${tx(table)} where ${tx(column)} is not null`;
  return row!.n;
}

/** The next rows in the order of their key. */
async function chunkOf(
  tx: Transaction,
  { table, column, key }: WrappedColumn,
  after: Row | null,
): Promise<Row[]> {
  const list = key.join(', ');
  const places = key.map((_, i) => `$${i + 1}::int`).join(', ');
  return tx.unsafe<Row[]>(
    `select ${list}, encode(${column}, 'hex') as wrapped from ${table}
     where ${column} is not null ${after === null ? '' : `and (${list}) > (${places})`}
     order by ${list} limit ${CHUNK}`,
    after === null ? [] : key.map((name) => after[name]!),
  );
}

async function save(
  tx: Transaction,
  { table, column, key }: WrappedColumn,
  rows: readonly Row[],
): Promise<void> {
  const same = key.map((name) => `r.${name} = t.${name}`).join(' and ');
  await tx`
    update ${tx(table)} as r set ${tx(column)} = decode(t.wrapped, 'hex')
    from json_to_recordset(${JSON.stringify(rows)}::text::json)
      as t(${tx.unsafe(key.map((name) => `${name} int`).join(', '))}, wrapped text)
    where ${tx.unsafe(same)}`;
}
