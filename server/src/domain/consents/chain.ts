import { hash } from 'node:crypto';
import type { Age, Method, Purpose } from '@fanfare/contract';
import { ChainWalk, type ChainCheck, type ChainEnd, type ChainLink } from '../chain.ts';

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

/** Walk a whole chain of consents at once. @param links in order of n */
export function checkChain(links: Iterable<ChainLink<ConsentRecord>>, end: ChainEnd): ChainCheck {
  const walk = new ChainWalk(linkRecord);
  walk.step(links);
  return walk.result(end);
}
