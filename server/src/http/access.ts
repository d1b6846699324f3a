import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Principal } from '../domain/access/principal.ts';
import type { Clock } from '../parts.ts';
import { cookieName } from './cookie.ts';

/**
 * One kind of proof of who asks: API tokens, displays, sessions. Answers from memory, as it is asked
 * for every request and every second of each socket.
 */
export interface IdentityBook {
  /** `undefined` when these headers hold no proof of this kind, `null` when it is not good (any more). */
  find(headers: IncomingHttpHeaders): Principal | null | undefined;
}

export interface AccessParts {
  /** Kinds of proof besides the installation's own, in the order they are tried. */
  readonly books?: readonly IdentityBook[];
  /** Keys of televisions: tried last, so that a person signed in there is still that person. */
  readonly displays?: IdentityBook;
  readonly adminToken: string;
  readonly secret: string;
  readonly origins: readonly string[];
  readonly clock: Clock;
  /** True behind https. */
  readonly secure: boolean;
}

const ROOT: Principal = { kind: 'root' };
const VISITOR: Principal = { kind: 'visitor' };

const COOKIE = 'fanfare_session';
const SESSION_MS = 12 * 3_600_000;

/** Sign-in by one token, and sessions in a signed cookie. Accounts will take this place. */
export class Access {
  /** Name of the session cookie. */
  readonly cookie: string;
  readonly #parts: AccessParts;
  /** Sessions ended before their time, with the instant they would have ended. */
  readonly #ended = new Map<string, number>();
  #link: string | null = randomBytes(24).toString('base64url');

  constructor(parts: AccessParts) {
    this.#parts = parts;
    this.cookie = cookieName(COOKIE, parts.secure);
  }

  /** Secret of the one sign-in link printed at the start; `null` once it was used. */
  get link(): string | null {
    return this.#link;
  }

  /** Use the printed link: good once. */
  useLink(given: string): boolean {
    if (this.#link === null || !equal(given, this.#link)) return false;
    this.#link = null;
    return true;
  }

  isAdminToken(token: string): boolean {
    return equal(token, this.#parts.adminToken);
  }

  /** Who sent a request with these headers? A token that is wrong is nobody, not a visitor. */
  identify(headers: IncomingHttpHeaders): Principal | null {
    for (const book of this.#parts.books ?? []) {
      const found = book.find(headers);
      if (found !== undefined) return found;
    }
    const { authorization } = headers;
    if (authorization !== undefined) {
      const token = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(authorization)?.[1];
      return token !== undefined && this.isAdminToken(token) ? ROOT : null;
    }
    const cookie = sessionIn(headers.cookie, this.cookie);
    if (cookie !== null && this.isOpen(cookie)) return ROOT;
    const display = this.#parts.displays?.find(headers);
    return display === undefined ? VISITOR : display;
  }

  /** Do cookies count for this request? Not from another site's page. */
  isSameOrigin(headers: IncomingHttpHeaders): boolean {
    const { origin } = headers;
    if (origin !== undefined) return this.#parts.origins.includes(origin);
    const site = headers['sec-fetch-site'];
    return site === undefined || site === 'same-origin' || site === 'none';
  }

  /** A new session as the value of the cookie. */
  begin(): string {
    const body = `${this.#parts.clock() + SESSION_MS}.${randomBytes(16).toString('base64url')}`;
    return `${body}.${this.#sign(body)}`;
  }

  /** Is this session signed by us, not over and not ended? */
  isOpen(cookie: string): boolean {
    const [until, id, signature] = cookie.split('.');
    if (until === undefined || id === undefined || signature === undefined) return false;
    if (!equal(signature, this.#sign(`${until}.${id}`))) return false;
    return Number(until) > this.#parts.clock() && !this.#ended.has(id);
  }

  /** End a session now, on every device and socket that uses it. */
  end(cookie: string): void {
    const [until, id] = cookie.split('.');
    const now = this.#parts.clock();
    for (const [old, over] of this.#ended) if (over < now) this.#ended.delete(old);
    if (id !== undefined && this.isOpen(cookie)) this.#ended.set(id, Number(until));
  }

  #sign(body: string): string {
    return createHmac('sha256', `session ${this.#parts.secret}`).update(body).digest('base64url');
  }
}

/** The session cookie in a Cookie header, if any. */
export function sessionIn(header: string | undefined, cookie: string): string | null {
  for (const part of header?.split(';') ?? []) {
    const [name, value] = part.trim().split('=');
    if (name === cookie && value !== undefined) return value;
  }
  return null;
}

/** Equal, in a time that tells nothing but the lengths. */
function equal(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}
