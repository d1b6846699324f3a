import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Role } from '@fanfare/contract';
import type { Principal } from '../domain/access/principal.ts';
import {
  SESSION_REST_MS,
  type Membership,
  type StaffSession,
  type StaffTables,
  type StaffUser,
} from '../domain/accounts/staff.ts';
import type { Clock } from '../parts.ts';
import type { IdentityBook } from './access.ts';

/** Uses of a sign-in closer together than this are one, milliseconds. */
const NOTED_MS = 5 * 60_000;
/** Keeps no token: what a look into the memory would show cannot be used. */
type OpenSession = Omit<StaffSession, 'token'>;

export interface BookParts {
  readonly clock: Clock;
  /** Signs the cookies of sign-ins. */
  readonly key: string;
  /** Name of that cookie. */
  readonly cookie: string;
}

/** Who is signed in, and what they are where: the tables of accounts in memory, changed with them. */
export class SessionBook implements IdentityBook {
  readonly #parts: BookParts;
  readonly #sessions = new Map<string, OpenSession>();
  readonly #users = new Map<string, StaffUser>();
  readonly #members = new Map<string, Map<number, Membership>>();
  readonly #organisations = new Map<number, string>();

  constructor(parts: BookParts, tables: StaffTables) {
    this.#parts = parts;
    for (const { id, name } of tables.organisations) this.#organisations.set(id, name);
    for (const user of tables.users) this.addUser(user);
    for (const member of tables.members) this.setMember(member);
    for (const session of tables.sessions) this.addSession(session);
  }

  get cookie(): string {
    return this.#parts.cookie;
  }

  /** The organisation that was first: the installation's own. */
  get home(): number {
    return Math.min(...this.#organisations.keys());
  }

  get organisations(): ReadonlyMap<number, string> {
    return this.#organisations;
  }

  get hasOwner(): boolean {
    return this.members(this.home).some(({ role }) => role === 'owner');
  }

  find(headers: IncomingHttpHeaders): Principal | null | undefined {
    // A token in the header says who asks; a cookie beside it does not.
    if (headers.authorization !== undefined) return undefined;
    const session = this.sessionOf(headers);
    if (session === null) return undefined;
    const roles = new Map<number, Role>();
    for (const [organisation, { role }] of this.#members.get(session.user) ?? [])
      roles.set(organisation, role);
    return { kind: 'member', user: session.user, roles };
  }

  /** The open sign-in of these headers, if its cookie is ours and it is not over. */
  sessionOf({ cookie }: IncomingHttpHeaders): OpenSession | null {
    const token = this.#tokenIn(cookie);
    const session = token === null ? undefined : this.#sessions.get(hash(token));
    return session && this.#isOpen(session) ? session : null;
  }

  /** Is this part of a Cookie header the cookie of a sign-in? */
  isSessionCookie(part: string): boolean {
    return part.slice(0, Math.max(0, part.indexOf('='))).trim() === this.#parts.cookie;
  }

  /** Note that a sign-in is used now; true when that must be written down. */
  use(session: OpenSession): boolean {
    const now = this.#parts.clock();
    if (now - session.usedAt < NOTED_MS) return false;
    for (const [key, known] of this.#sessions)
      if (known.id === session.id) this.#sessions.set(key, { ...known, usedAt: now });
    return true;
  }

  user(id: string): StaffUser | null {
    return this.#users.get(id) ?? null;
  }

  userByEmail(email: string): StaffUser | null {
    for (const user of this.#users.values()) if (user.email === email) return user;
    return null;
  }

  members(organisation: number): readonly Membership[] {
    return [...this.#members.values()].flatMap((own) => own.get(organisation) ?? []);
  }

  /** Open sign-ins of one person, the last used first. */
  sessions(user: string): readonly OpenSession[] {
    const own = [...this.#sessions.values()].filter((one) => one.user === user && this.#isOpen(one));
    return own.sort((a, b) => b.usedAt - a.usedAt);
  }

  addUser(user: StaffUser): void {
    this.#users.set(user.id, user);
  }

  /** Everything of a person whose account is gone. */
  removeUser(user: string): void {
    this.#users.delete(user);
    this.#members.delete(user);
    this.removeSessionsOf(user);
  }

  setMember(member: Membership): void {
    const own = this.#members.get(member.user) ?? new Map<number, Membership>();
    this.#members.set(member.user, own.set(member.organisation, member));
  }

  removeMember(organisation: number, user: string): void {
    this.#members.get(user)?.delete(organisation);
  }

  addSession({ token, ...session }: StaffSession): void {
    for (const [key, known] of this.#sessions) if (!this.#isOpen(known)) this.#sessions.delete(key);
    this.#sessions.set(hash(token), session);
  }

  removeSessionsOf(user: string): void {
    for (const [key, session] of this.#sessions) if (session.user === user) this.#sessions.delete(key);
  }

  removeSession(id: string): void {
    for (const [key, session] of this.#sessions) if (session.id === id) this.#sessions.delete(key);
  }

  #isOpen({ usedAt, expiresAt }: OpenSession): boolean {
    const now = this.#parts.clock();
    return now < expiresAt && now - usedAt < SESSION_REST_MS;
  }

  /** Value of the cookie of a sign-in. */
  cookieOf(token: string): string {
    const signature = createHmac('sha256', this.#parts.key).update(token).digest('base64');
    return encodeURIComponent(`${token}.${signature}`);
  }

  /** The cookie is the token, a dot and its HMAC-SHA-256, URI-encoded. */
  #tokenIn(header: string | undefined): string | null {
    for (const part of header?.split(';') ?? []) {
      if (!this.isSessionCookie(part)) continue;
      const value = part.slice(part.indexOf('=') + 1).trim();
      const [token, signature, more] = decode(value).split('.');
      if (!token || !signature || more !== undefined) return null;
      const good = createHmac('sha256', this.#parts.key).update(token).digest();
      const given = Buffer.from(signature, 'base64');
      return given.length === good.length && timingSafeEqual(given, good) ? token : null;
    }
    return null;
  }
}

const hash = (token: string): string => createHash('sha256').update(token).digest('base64url');

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}
