import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import { PasswordChangeSchema, SignInSchema, type ProblemCode } from '@fanfare/contract';
import { passwordFault } from '../../domain/accounts/password.ts';
import { Fault } from '../../domain/fault.ts';
import { noteSignIn, sessionBegun, userOf } from '../accounts/noted-sign-ins.ts';
import { ADDRESS_HEADER, passCookies, type StaffContext } from '../accounts/parts.ts';
import type { Attempts } from '../accounts/attempts.ts';
import { UsedCodes } from '../accounts/used-codes.ts';
import { principalOf } from '../context.ts';
import { callerOf } from '../fan/limiter.ts';
import { parseJson } from '../items.ts';
import { readBody } from '../schema.ts';

/** Largest body, bytes. */
const MOST_BODY = 32_768;
const signIn = Compile(SignInSchema);
const passwordChange = Compile(PasswordChangeSchema);

/** One way of better-auth's that is open to the outside; every other one is not found. */
interface Way {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Only for somebody who is signed in. */
  readonly own: boolean;
  /** Fields that are handed on; the others are dropped. */
  readonly fields?: readonly string[];
}

const WAYS: readonly Way[] = [
  { method: 'POST', path: '/sign-out', own: false, fields: [] },
  { method: 'POST', path: '/two-factor/enable', own: true, fields: ['password'] },
  { method: 'POST', path: '/two-factor/disable', own: true, fields: ['password'] },
  { method: 'POST', path: '/two-factor/verify-totp', own: false, fields: ['code'] },
  { method: 'POST', path: '/two-factor/verify-backup-code', own: false, fields: ['code'] },
  { method: 'POST', path: '/two-factor/generate-backup-codes', own: true, fields: ['password'] },
  { method: 'GET', path: '/passkey/generate-register-options', own: true },
  { method: 'POST', path: '/passkey/verify-registration', own: true, fields: ['response', 'name'] },
  { method: 'GET', path: '/passkey/generate-authenticate-options', own: false },
  { method: 'POST', path: '/passkey/verify-authentication', own: false, fields: ['response'] },
  { method: 'GET', path: '/passkey/list-user-passkeys', own: true },
  { method: 'POST', path: '/passkey/delete-passkey', own: true, fields: ['id'] },
];

/** Sign-ins of people: what better-auth is asked, who may ask it, and how often. */
export function authRoutes(app: FastifyInstance, context: StaffContext, attempts: Attempts): void {
  const { access, staff } = context;
  const { book } = staff;
  const options = { bodyLimit: MOST_BODY };
  const used = new UsedCodes(context.clock);

  app.post('/sign-in/email', options, async (request, reply) => {
    requireOwnPage(request);
    const { email, password } = readBody<{ email: string; password: string }>(request, signIn);
    const account = email.toLowerCase();
    allow(reply, attempts.password(callerOf(request.ip), account, isKnown(request, account)));
    return hand(request, reply, '/sign-in/email', { email: account, password }, account);
  });

  app.post('/change-password', options, async (request, reply) => {
    const user = memberOf(request);
    const body = readBody<{ currentPassword: string; newPassword: string }>(request, passwordChange);
    const fault = passwordFault(body.newPassword, user.email);
    if (fault) throw new Fault('weak_password', fault);
    allow(reply, attempts.password(callerOf(request.ip), user.email, true));
    return hand(request, reply, '/change-password', { ...body, revokeOtherSessions: true });
  });

  for (const { method, path, own, fields } of WAYS) {
    app.route({
      method,
      url: path,
      ...options,
      handler: async (request, reply) => {
        if (method === 'POST') requireOwnPage(request);
        if (own) memberOf(request);
        if (method === 'POST' && path !== '/sign-out') {
          const { email } = own ? memberOf(request) : { email: '' };
          const caller = callerOf(request.ip);
          allow(reply, own ? attempts.password(caller, email, true) : attempts.other(caller));
        }
        return hand(request, reply, path, fields && fieldsOf(request, fields));
      },
    });
  }

  function requireOwnPage(request: FastifyRequest): void {
    if (!access.isSameOrigin(request.headers)) throw new Fault('bad_origin');
  }

  function memberOf(request: FastifyRequest): { readonly email: string } {
    const principal = principalOf(request, access);
    const user = principal.kind === 'member' ? book.user(principal.user) : null;
    if (!user) throw new Fault('unauthenticated');
    return user;
  }

  /** Signed in from this address already? */
  function isKnown(request: FastifyRequest, email: string): boolean {
    const user = book.userByEmail(email);
    return user !== null && book.sessions(user.id).some(({ address }) => address === request.ip);
  }

  async function hand(
    request: FastifyRequest,
    reply: FastifyReply,
    path: string,
    body: object | undefined,
    email?: string,
  ): Promise<unknown> {
    const before = userOf(request, context);
    const answer = await staff.signIns(
      new Request(`${context.publicUrl}/api/auth${path}`, {
        method: request.method,
        headers: headersOf(request),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await answer.text();
    if (path === '/two-factor/verify-totp' && before === null && answer.ok) await refuseReplay(answer, body);
    await noteSignIn(context, path, answer, before, email);
    const value: unknown = text === '' ? null : JSON.parse(text);
    passCookies(reply, answer);
    void reply.header('cache-control', 'no-store');
    if (answer.status >= 400) throw faultOf(answer.status, value, context.database().reachable);
    return withoutTokens(value) ?? {};
  }

  /** A code that has been used opens nothing: the sign-in it began ends before it is handed on. @throws Fault */
  async function refuseReplay(answer: Response, body: object | undefined): Promise<void> {
    const session = sessionBegun(answer, context);
    const code = body && 'code' in body ? String(body.code) : '';
    if (!session || used.take(session.user, code)) return;
    book.removeSession(session.id);
    await staff.tables.endSession(session.id);
    throw new Fault('unauthenticated', 'INVALID_CODE');
  }

  /** Cookies of a sign-in that is over are not handed on: it rested too long, which only we know. */
  function headersOf(request: FastifyRequest): Headers {
    const { cookie, 'user-agent': agent } = request.headers;
    const good = book.sessionOf(request.headers) !== null;
    const kept = cookie?.split(';').filter((part) => good || !book.isSessionCookie(part));
    return new Headers({
      'content-type': 'application/json',
      [ADDRESS_HEADER]: request.ip,
      ...(kept ? { cookie: kept.join(';') } : {}),
      ...(agent === undefined ? {} : { 'user-agent': agent }),
      ...(request.headers.origin === undefined ? {} : { origin: request.headers.origin }),
    });
  }
}

/** @throws Fault too_many_requests */
export function allow(reply: FastifyReply, allowed: boolean): void {
  if (allowed) return;
  void reply.header('retry-after', 900);
  throw new Fault('too_many_requests');
}

function fieldsOf(request: FastifyRequest, fields: readonly string[]): object {
  if (fields.length === 0) return {};
  const body = parseJson(request.body);
  if (typeof body !== 'object' || body === null) throw new Fault('bad_field', 'body: is not an object');
  return Object.fromEntries(Object.entries(body).filter(([name]) => fields.includes(name)));
}

const CODES: Readonly<Record<number, ProblemCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  429: 'too_many_requests',
};

/** The code of the library, such as `INVALID_CODE`, is the detail. */
function faultOf(status: number, value: unknown, reachable: boolean): Fault {
  if (status >= 500) return new Fault(reachable ? 'internal' : 'unavailable');
  const code = typeof value === 'object' && value !== null && 'code' in value ? String(value.code) : '';
  return new Fault(CODES[status] ?? 'bad_field', code.slice(0, 80) || undefined);
}

/** Tokens of sign-ins are in cookies that scripts cannot read, and nowhere else. */
function withoutTokens(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTokens);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => name !== 'token' && name !== 'session');
  return Object.fromEntries(entries.map(([name, part]) => [name, withoutTokens(part)]));
}
