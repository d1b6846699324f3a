import { createHash } from 'node:crypto';
import type { WallState } from '@fanfare/contract';

/** A television as it is kept. Instants in milliseconds since 1970. */
export interface Display {
  readonly organisation: number;
  readonly id: string;
  readonly name: string;
  /** Numbers of the brands whose public boards it may read. */
  readonly brands: readonly number[];
  readonly wall: WallState;
  /** Build of the pages it last said it runs. */
  readonly version: string | null;
  readonly createdAt: number;
  /** To the minute. */
  readonly lastSeenAt: number;
}

/** Displays of the installation, held in memory beside their rows. */
export interface Displays {
  list(organisation: number): readonly Display[];
  /** Keep a new one. @param secret 32 random bytes @returns its key, for the television alone */
  make(
    draft: Pick<Display, 'organisation' | 'id' | 'name' | 'brands' | 'wall'>,
    secret: Uint8Array,
  ): Promise<{ readonly kept: Display; readonly key: string }>;
  change(
    organisation: number,
    id: string,
    change: Partial<Pick<Display, 'name' | 'brands' | 'wall'>>,
  ): Promise<Display | null>;
  /** It said which build of the pages it runs. */
  runs(id: string, version: string): void;
  /** End it now, on open sockets too. False when there is none. */
  revoke(organisation: number, id: string): Promise<boolean>;
  /** The display of this key, good at this moment, else `null`. Marks it as seen. */
  find(key: string): Display | null;
  /**
   * A new key for a display whose key is a day old, else the same. The old one stays good until an
   * hour after the new one was first used, so that a lost answer locks nobody out.
   * @returns `null` when the key is not good
   */
  renew(key: string, secret: Uint8Array): Promise<{ readonly key: string; readonly rotated: boolean } | null>;
}

/** Silence after which a display is forgotten, milliseconds. */
export const SILENCE_MS = 7 * 86_400_000;

const FORM = /^([\w-]{12})\.([\w-]{43})$/;

/** The text of a key. @param id 12 characters of base64url @param secret 32 random bytes */
export function keyOf(id: string, secret: Uint8Array): string {
  return `${id}.${Buffer.from(secret).toString('base64url')}`;
}

/** The id in what may be a key, else `null`. */
export function idInKey(key: string): string | null {
  return FORM.exec(key)?.[1] ?? null;
}

/** What is kept of a key. Its secret is random, so that one round of SHA-256 is enough. */
export function hashOfKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
