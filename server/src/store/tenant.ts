import type { Sql, Transaction } from '@fanfare/db';
import type { BrandRef } from '../parts.ts';

/** Whose rows a transaction sees and changes; those of nobody where nothing is said. */
interface Scope {
  readonly organisation?: number;
  readonly brand?: number;
  /** Something unguessable that a row is found by, whosever it is: it can be read then, not changed. */
  readonly known?: string;
}

/** `snapshot`: all statements see one instant, and nothing is written. */
type Mode = 'write' | 'snapshot';

const MODES: Readonly<Record<Mode, string>> = {
  write: '',
  snapshot: 'isolation level repeatable read read only',
};

/**
 * Do something with the rows of one brand, in one transaction. All that a brand's rows are asked for
 * goes through here: row-level security shows a statement outside of it nothing at all.
 */
export function inBrand<T>(
  sql: Sql,
  { organisation, id: brand }: BrandRef,
  work: (tx: Transaction) => PromiseLike<T>,
  mode: Mode = 'write',
): Promise<T> {
  return within(sql, { organisation, brand }, work, mode);
}

/** The same with what is an organisation's own, and with the list of its brands. */
export function inOrganisation<T>(
  sql: Sql,
  organisation: number,
  work: (tx: Transaction) => PromiseLike<T>,
): Promise<T> {
  return within(sql, { organisation }, work, 'write');
}

/** Read the one row that is found by something unguessable, before it is known whose it is. */
export function knowing<T>(sql: Sql, known: string, work: (tx: Transaction) => PromiseLike<T>): Promise<T> {
  return within(sql, { known }, work, 'write');
}

/** Go on in another scope, until the end of the transaction or the next. */
export async function enter(tx: Transaction, { organisation, brand, known }: Scope): Promise<void> {
  await tx`select set_config('fanfare.organisation', ${String(organisation ?? '')}, true),
    set_config('fanfare.brand', ${String(brand ?? '')}, true), set_config('fanfare.known', ${known ?? ''}, true)`;
}

async function within<T>(
  sql: Sql,
  scope: Scope,
  work: (tx: Transaction) => PromiseLike<T>,
  mode: Mode,
): Promise<T> {
  // Wrapped, as the driver would wait for each element of an array.
  const { value } = await sql.begin(MODES[mode], async (tx) => {
    await enter(tx, scope);
    return { value: await work(tx) };
  });
  return value;
}
