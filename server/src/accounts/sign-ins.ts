import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import type { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { PASSWORD_LENGTH } from '@fanfare/contract';
import { SESSION_LIFE_MS, type StaffSession } from '../domain/accounts/staff.ts';
import { hashPassword, verifyPassword } from './hash.ts';

/** What sign-ins are made of. */
export interface SignInParts {
  readonly adapter: ReturnType<typeof drizzleAdapter>;
  /** Signs cookies and encrypts the secrets of second steps. */
  readonly key: string;
  /** Address people use. */
  readonly publicUrl: string;
  /** Pages that passkeys are used on. */
  readonly origins: readonly string[];
  /** Name of the cookie of a sign-in. */
  readonly cookie: string;
  /** Header that carries the caller's address; whatever the caller put there was taken out. */
  readonly addressHeader: string;
  /** Called once it is committed. */
  readonly onBegin: (session: StaffSession) => void;
  readonly onEnd: (session: string) => void;
}

const DAY = 86_400;

/**
 * Sign-ins by better-auth: passwords, second steps, passkeys. It knows nothing of members and roles.
 * Origins, attempts and the rest of a sign-in are looked after before a request comes here.
 */
export function createSignIns(parts: SignInParts): (request: Request) => Promise<Response> {
  const secure = parts.publicUrl.startsWith('https:');
  const prefix = secure ? '__Host-fanfare' : 'fanfare';
  const auth = betterAuth({
    appName: 'Fanfare',
    baseURL: parts.publicUrl,
    basePath: '/api/auth',
    secret: parts.key,
    database: parts.adapter,
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.least,
      maxPasswordLength: 4 * PASSWORD_LENGTH.most,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    session: { expiresIn: SESSION_LIFE_MS / 1_000, disableSessionRefresh: true, freshAge: DAY },
    advanced: {
      // The name asks browsers for the same and more: no domain, the whole site, https.
      useSecureCookies: false,
      cookiePrefix: prefix,
      cookies: { session_token: { name: parts.cookie } },
      defaultCookieAttributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [parts.addressHeader] },
      disableOriginCheck: true,
      disableCSRFCheck: true,
    },
    plugins: [
      twoFactor({ issuer: 'Fanfare', totpOptions: { digits: 6, period: 30 } }),
      passkey({
        rpID: new URL(parts.publicUrl).hostname,
        rpName: 'Fanfare',
        origin: [...parts.origins],
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      }),
    ],
    databaseHooks: {
      session: {
        create: { after: async (session) => parts.onBegin(readSession(session)) },
        delete: { after: async ({ id }) => parts.onEnd(id) },
      },
    },
  });
  return auth.handler;
}

interface SessionRow {
  readonly id: string;
  readonly token: string;
  readonly userId: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly expiresAt: Date;
  readonly ipAddress?: string | null | undefined;
  readonly userAgent?: string | null | undefined;
}

function readSession(row: SessionRow): StaffSession {
  return {
    id: row.id,
    token: row.token,
    user: row.userId,
    createdAt: row.createdAt.getTime(),
    usedAt: row.updatedAt.getTime(),
    expiresAt: row.expiresAt.getTime(),
    address: row.ipAddress ?? '',
    agent: (row.userAgent ?? '').slice(0, 200),
  };
}
