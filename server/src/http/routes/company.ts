import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SignInWays } from '@fanfare/contract';
import { admit, type CompanyPerson, type CompanySignIn } from '../../domain/accounts/company.ts';
import { SESSION_LIFE_MS, type StaffUser } from '../../domain/accounts/staff.ts';
import { Fault } from '../../domain/fault.ts';
import { sessionIn } from '../access.ts';
import type { Attempts } from '../accounts/attempts.ts';
import { CompanySteps, STEP_MS } from '../accounts/company-steps.ts';
import type { StaffContext } from '../accounts/parts.ts';
import { cookieName } from '../cookie.ts';
import { callerOf } from '../fan/limiter.ts';
import { notedOf } from '../noted.ts';
import { queryOf } from '../query.ts';
import { allow } from './auth.ts';

/** How one can sign in here. */
export function signInWaysRoute(app: FastifyInstance, { staff }: StaffContext): void {
  app.get('/sign-in-ways', (): SignInWays => {
    return { mail: staff.mailer !== null, company: staff.company?.name ?? null };
  });
}

/** Signing in at one's company: sent there, and back with a code. @param secure behind https */
export function companyRoutes(
  app: FastifyInstance,
  context: StaffContext,
  attempts: Attempts,
  secure: boolean,
): void {
  const { staff, clock } = context;
  const { book, companyAccounts: accounts } = staff;
  const steps = new CompanySteps(clock);
  const STEP = cookieName('fanfare_company', secure);
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;

  app.get('/company', async (request, reply) => {
    allow(reply, attempts.other(callerOf(request.ip)));
    const company = companyOf();
    const step = company.fresh();
    const address = await company.begin(step);
    const handle = steps.keep(step, localPath(queryOf(request)['next']));
    if (handle === null) throw new Fault('overloaded');
    const cookie = `${STEP}=${handle}; ${attributes}; Max-Age=${STEP_MS / 1_000}`;
    await reply.header('set-cookie', cookie).header('cache-control', 'no-store').redirect(address, 303);
  });

  app.get('/company/callback', async (request, reply) => {
    allow(reply, attempts.other(callerOf(request.ip)));
    const company = companyOf();
    const kept = steps.take(sessionIn(request.headers.cookie, STEP) ?? '');
    void reply
      .header('set-cookie', `${STEP}=; ${attributes}; Max-Age=0`)
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer');
    if (!kept) return back(reply, '/', 'over');
    let person: CompanyPerson;
    try {
      person = await company.end(new URL(request.raw.url ?? '', context.publicUrl), kept.step);
    } catch (fault) {
      return back(
        reply,
        kept.next,
        fault instanceof Fault && fault.code === 'unreachable' ? 'away' : 'refused',
      );
    }
    const admitted = await userFor(company, person);
    if (typeof admitted === 'string') {
      await noteRefused(person);
      return back(reply, kept.next, admitted);
    }
    await begin(request, reply, admitted);
    return reply.redirect(kept.next, 303);
  });

  function companyOf(): CompanySignIn {
    if (!staff.company) throw new Fault('not_found');
    return staff.company;
  }

  /** The person to sign in, or why there is none. */
  async function userFor(
    { domains, role }: CompanySignIn,
    person: CompanyPerson,
  ): Promise<StaffUser | 'unverified' | 'unknown' | 'linked'> {
    const linked = await accounts.find(person.account);
    const known = linked === null ? book.userByEmail(person.email) : book.user(linked);
    const admission = admit(person, known !== null && isMember(known.id), domains);
    const now = clock();
    if (admission === 'enters' && known) {
      // An address that went to somebody else at the company does not bring the account along.
      if (linked === null && !(await accounts.link(known.id, person.account, now))) return 'linked';
      return known;
    }
    if (admission !== 'joins') return admission === 'unverified' ? admission : 'unknown';
    const joined = await accounts.join(book.home, person, role, now);
    if (!joined) return 'linked';
    book.addUser(joined);
    book.setMember({ organisation: book.home, user: joined.id, role, since: now });
    const actor = { kind: 'member', id: joined.id } as const;
    const detail = { role, way: 'company' };
    await context.audit.log.add({
      organisation: book.home,
      actor,
      action: 'member.joined',
      brand: null,
      detail,
    });
    return joined;
  }

  function isMember(user: string): boolean {
    return [...book.organisations.keys()].some((organisation) =>
      book.members(organisation).some((member) => member.user === user),
    );
  }

  async function begin(request: FastifyRequest, reply: FastifyReply, user: StaffUser): Promise<void> {
    const now = clock();
    const session = {
      ...{ id: randomUUID(), token: randomBytes(24).toString('base64url'), user: user.id },
      ...{ createdAt: now, usedAt: now, expiresAt: now + SESSION_LIFE_MS },
      ...{ address: request.ip, agent: (request.headers['user-agent'] ?? '').slice(0, 200) },
    };
    await accounts.begin(session);
    book.addSession(session);
    await notedOf(user.id, context, 'session.begun', { way: 'company' });
    const value = `${book.cookie}=${book.cookieOf(session.token)}`;
    void reply.header('set-cookie', `${value}; ${attributes}; Max-Age=${SESSION_LIFE_MS / 1_000}`);
  }

  async function noteRefused(person: CompanyPerson): Promise<void> {
    const user = book.userByEmail(person.email);
    const visitor = { kind: 'visitor', id: null } as const;
    if (user) await notedOf(user.id, context, 'session.refused', { user: user.id, way: 'company' }, visitor);
  }
}

/** To the sign-in page, in the language they came in, with the reason. */
function back(reply: FastifyReply, next: string, reason: string): FastifyReply {
  const page = /^\/en(?:\/|\?|$)/.test(next) ? '/en/sign-in' : '/sign-in';
  return reply.redirect(`${page}?company=${reason}&next=${encodeURIComponent(next)}`, 303);
}

/** The path when it leads to a page of ours, else the start page: never another site. */
function localPath(path: unknown): string {
  const ours = typeof path === 'string' && path.length <= 2_000 && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path);
  return ours ? path : '/';
}
