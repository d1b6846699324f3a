import { hash } from 'node:crypto';
import type { Age, Method, Purpose } from '@fanfare/contract';

/** One record of the consent ledger, without anything that names a person. */
export interface ConsentRecord {
  /** 1, 2, 3 … within the brand. */
  readonly n: number;
  readonly fan: number;
  readonly purpose: Purpose;
  readonly granted: boolean;
  /** Instant of the act, of the receipt, and of the expiry (null for a withdrawal), milliseconds. */
  readonly at: number;
  readonly receivedAt: number;
  readonly expiresAt: number | null;
  readonly notice: { readonly version: string; readonly locale: string; readonly hash: string | null };
  readonly method: Method;
  readonly age: Age;
  readonly evidence: string | null;
}

/**
 * Hash of a record that follows one with hash `before` ('' for the first): SHA-256 over that hash
 * and the record's fields as one JSON array, so that changing, dropping, adding or swapping
 * records breaks every later link. Hexadecimal.
 */
export function linkRecord(before: string, record: ConsentRecord): string {
  const { n, fan, purpose, granted, at, receivedAt, expiresAt, notice, method, age, evidence } = record;
  const fields = [n, fan, purpose, granted, at, receivedAt, expiresAt];
  const proof = [notice.version, notice.locale, notice.hash, method, age, evidence];
  return hash('sha256', JSON.stringify([before, ...fields, ...proof]), 'hex');
}

/** What checking a chain found. */
export type ChainCheck =
  | { readonly intact: true; readonly records: number; readonly head: string }
  /** `at`: number of the first record that is missing, altered or out of place. */
  | { readonly intact: false; readonly at: number };

/**
 * Walk a chain from its first record.
 * @param records in order of n, each with the hash it was stored with
 * @param end count and last hash as the brand holds them apart from the records
 */
export function checkChain(
  records: Iterable<{ readonly record: ConsentRecord; readonly hash: string }>,
  end: { readonly records: number; readonly head: string },
): ChainCheck {
  let [n, head] = [0, ''];
  for (const { record, hash: stored } of records) {
    n++;
    head = linkRecord(head, record);
    if (record.n !== n || stored !== head) return { intact: false, at: n };
  }
  if (n !== end.records || head !== end.head) return { intact: false, at: n + 1 };
  return { intact: true, records: n, head };
}
