import type { FastifyRequest } from 'fastify';
import { notedOf } from '../noted.ts';
import type { StaffContext } from './parts.ts';

/** Ways of better-auth's that may begin a sign-in, and what each is called in the audit log. */
const BEGINNING: Readonly<Record<string, string>> = {
  '/sign-in/email': 'password',
  '/two-factor/verify-totp': 'totp',
  '/two-factor/verify-backup-code': 'backup_code',
  '/passkey/verify-authentication': 'passkey',
};
/** Ways that change what somebody signs in with. */
const CHANGING: Readonly<Record<string, string>> = {
  '/change-password': 'password',
  '/two-factor/enable': 'totp_begun',
  '/two-factor/disable': 'totp_ended',
  '/two-factor/generate-backup-codes': 'backup_codes',
  '/passkey/verify-registration': 'passkey_added',
  '/passkey/delete-passkey': 'passkey_removed',
};

/**
 * Keep in the audit log what an answer of sign-ins did: a sign-in begun or ended, a wrong password
 * for an account there is, another way of signing in. Called before the answer is handed on.
 * @param before whose sign-in came with the request
 * @param email the account that was asked for
 */
export async function noteSignIn(
  context: StaffContext,
  path: string,
  answer: Response,
  before: string | null,
  email: string | undefined,
): Promise<void> {
  const way = BEGINNING[path];
  if (way !== undefined) {
    if (answer.ok) await noteBegun(context, answer, way);
    const user = email === undefined ? null : context.staff.book.userByEmail(email);
    if (answer.status === 401 && user)
      await notedOf(user.id, context, 'session.refused', { user: user.id }, { kind: 'visitor', id: null });
    return;
  }
  if (!answer.ok || before === null) return;
  const what = CHANGING[path];
  if (what !== undefined) await notedOf(before, context, 'credential.changed', { what });
  if (path === '/sign-out') await notedOf(before, context, 'session.ended');
}

/** The sign-in that an answer's cookies begin; after a password that needs a second step there is none. */
export function sessionBegun(answer: Response, { staff }: StaffContext): { id: string; user: string } | null {
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ');
  return staff.book.sessionOf({ cookie });
}

/** Keep in the audit log that a sign-in began. */
export async function noteBegun(context: StaffContext, answer: Response, way: string): Promise<void> {
  const session = sessionBegun(answer, context);
  if (session) await notedOf(session.user, context, 'session.begun', { way });
}

/** Whose sign-in a request comes with. */
export function userOf(request: FastifyRequest, { staff }: StaffContext): string | null {
  return staff.book.sessionOf(request.headers)?.user ?? null;
}
