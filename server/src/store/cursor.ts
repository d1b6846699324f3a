import type { Sql, Transaction } from '@fanfare/db';
import type { BrandRef } from '../parts.ts';
import { inBrand } from './tenant.ts';

/** Rows fetched at once. */
const CHUNK = 5_000;

/**
 * Read many rows of a brand in constant memory, all as of one instant. Each fetch is a statement of its own: the
 * bound on a statement's time holds for a chunk, not for the whole brand (as it would with the
 * driver's own cursors, so that a large brand could never be loaded).
 */
export async function eachRow<Row extends object>(
  sql: Sql,
  brand: BrandRef,
  select: (tx: Transaction) => ReturnType<Transaction['unsafe']>,
  each: (row: Row) => void,
): Promise<void> {
  const read = async (tx: Transaction): Promise<void> => {
    await tx`declare many no scroll cursor for ${select(tx)}`;
    for (;;) {
      const rows = await tx.unsafe<Row[]>(`fetch ${CHUNK} from many`, [], { prepare: true });
      for (const row of rows) each(row);
      if (rows.length < CHUNK) return;
    }
  };
  await inBrand(sql, brand, read, 'snapshot');
}
