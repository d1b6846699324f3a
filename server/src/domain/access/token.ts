import { createHash } from 'node:crypto';
import type { Scope } from '@fanfare/contract';
import type { AuditActor } from '../audit/log.ts';

/** A token as it is kept. Instants in milliseconds since 1970. */
export interface ApiToken {
  readonly organisation: number;
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Numbers of brands, `null` for all of the organisation. */
  readonly brands: readonly number[] | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
}

/** Tokens of the installation, held in memory beside their rows. */
export interface ApiTokens {
  list(organisation: number): readonly ApiToken[];
  /** Keep a new token, and in the audit log by whom. @param secret 32 random bytes @returns the token, to be shown once */
  make(
    draft: Omit<ApiToken, 'id' | 'createdAt' | 'lastUsedAt'>,
    secret: Uint8Array,
    by: AuditActor,
  ): Promise<{ readonly kept: ApiToken; readonly token: string }>;
  /** End it now, on open sockets too. False when there is none. */
  revoke(organisation: number, id: string, by: AuditActor): Promise<boolean>;
  /** The token of this text, good at this moment, else `null`. Marks it as used. */
  find(token: string): ApiToken | null;
}

/** What tokens start with, so that scanners of leaked secrets know them. */
const PREFIX = 'fanfare_';
const FORM = /^fanfare_([\w-]{8})[\w-]{35}$/;

/** The text of a token. Its first characters are its id. @param secret 32 random bytes */
export function tokenOf(secret: Uint8Array): { readonly id: string; readonly token: string } {
  const text = Buffer.from(secret).toString('base64url');
  return { id: text.slice(0, 8), token: `${PREFIX}${text}` };
}

/** The id in what may be a token, else `null`. */
export function idIn(token: string): string | null {
  return FORM.exec(token)?.[1] ?? null;
}

/** What is kept of a token. Its secret is random, so that one round of SHA-256 is enough. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
