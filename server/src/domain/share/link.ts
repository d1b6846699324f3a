import { createHash } from 'node:crypto';
import type { ShareVisit } from '@fanfare/contract';
import type { BrandRef } from '../brand.ts';

/** A link that shows one snapshot, as it is kept. Instants in milliseconds since 1970. */
export interface ShareLink {
  readonly brand: BrandRef;
  readonly id: string;
  readonly snapshot: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly endedAt: number | null;
  /** PHC string; `null` for none. */
  readonly passphrase: string | null;
}

/** A link with its uses. */
export interface ListedShare {
  readonly link: ShareLink;
  readonly visits: number;
  readonly lastVisitAt: number | null;
}

/** Links as they are kept. */
export interface Shares {
  /** False when there is no such brand any more. */
  make(link: ShareLink, hash: Uint8Array): Promise<boolean>;
  /** The newest first, a bounded number of them. */
  list(brand: BrandRef): Promise<ListedShare[]>;
  find(hash: Uint8Array): Promise<ShareLink | null>;
  /** End it now. False when there is none, or it was ended before. */
  end(brand: BrandRef, id: string, at: number): Promise<boolean>;
  /** Note a use; the latest are kept. */
  visit(link: ShareLink, act: ShareVisit['act'], at: number): Promise<void>;
  /** Uses, the latest first. */
  visits(brand: BrandRef, id: string): Promise<{ readonly at: number; readonly act: ShareVisit['act'] }[]>;
  /** Forget links that were over before an instant (ms), with their uses. */
  sweep(before: number): Promise<void>;
}

/** What is kept of the secret in an address. It is random, so that one round of SHA-256 is enough. */
export function hashOfShare(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Can the link be used at an instant (ms)? */
export function shareState({ expiresAt, endedAt }: ShareLink, now: number): 'open' | 'ended' | 'expired' {
  if (endedAt !== null) return 'ended';
  return expiresAt > now ? 'open' : 'expired';
}
