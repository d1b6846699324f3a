import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import { ResetAskSchema, ResetSchema, type ResetMade, type ResetOf } from '@fanfare/contract';
import { passwordFault } from '../../domain/accounts/password.ts';
import type { StaffUser } from '../../domain/accounts/staff.ts';
import { Fault } from '../../domain/fault.ts';
import type { Attempts } from '../accounts/attempts.ts';
import type { StaffContext } from '../accounts/parts.ts';
import { ResetLinks, secretHash } from '../accounts/reset-links.ts';
import { organisationFor, principalOf } from '../context.ts';
import { callerOf } from '../fan/limiter.ts';
import { notedIn, notedOf } from '../noted.ts';
import { readBody } from '../schema.ts';
import { allow } from './auth.ts';

const ask = Compile(ResetAskSchema);
const reset = Compile(ResetSchema);
const options = { bodyLimit: 32_768 };

/** Another password for who forgot theirs: by mail, or by a link that somebody of the team makes. */
export function passwordResetRoutes(app: FastifyInstance, context: StaffContext, attempts: Attempts): void {
  const { access, staff, clock } = context;
  const { book, resets } = staff;
  const links = new ResetLinks(context);

  app.post('/password-resets', options, async (request, reply): Promise<void> => {
    if (!access.isSameOrigin(request.headers)) throw new Fault('bad_origin');
    const { email } = readBody<{ email: string }>(request, ask);
    allow(reply, attempts.other(callerOf(request.ip)));
    links.ask(email.toLowerCase());
    await reply.code(202).send();
  });

  app.post('/members/:user/password-reset', async (request, reply): Promise<ResetMade> => {
    const organisation = organisationFor(request, context, 'members.manage');
    const { user } = request.params as { user: string };
    const known = book.user(user);
    if (!known || !isMember(organisation, user)) throw new Fault('not_found');
    // A link is a way into the account: who rules one organisation must not get into another by it.
    const elsewhere = [...book.organisations.keys()].some((id) => id !== organisation && isMember(id, user));
    if (elsewhere && principalOf(request, access).kind !== 'root')
      throw new Fault('forbidden', 'other_organisation');
    const made = await links.make(known);
    const detail = { what: 'reset_link', user, mailed: made.mailed };
    await notedIn(request, context, organisation, 'credential.changed', detail);
    void reply.code(201).header('cache-control', 'no-store');
    return made;
  });

  app.get('/password-resets/:secret', async (request, reply): Promise<ResetOf> => {
    allow(reply, attempts.other(callerOf(request.ip)));
    const { name, email } = await ownerOf(request);
    void reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    return { name, email };
  });

  app.post('/password-resets/:secret', options, async (request, reply): Promise<void> => {
    if (!access.isSameOrigin(request.headers)) throw new Fault('bad_origin');
    allow(reply, attempts.other(callerOf(request.ip)));
    const { email } = await ownerOf(request);
    const { password } = readBody<{ password: string }>(request, reset);
    const fault = passwordFault(password, email);
    if (fault) throw new Fault('weak_password', fault);
    const passwordHash = await staff.hashPassword(password);
    const user = await resets.take(secretHash(secretOf(request)), passwordHash, clock());
    if (user === null) throw new Fault('link_refused');
    book.removeSessionsOf(user);
    await notedOf(user, context, 'credential.changed', { what: 'password_reset' });
    await reply.code(204).send();
  });

  function isMember(organisation: number, user: string): boolean {
    return book.members(organisation).some((member) => member.user === user);
  }

  async function ownerOf(request: FastifyRequest): Promise<StaffUser> {
    const id = await resets.owner(secretHash(secretOf(request)), clock());
    const user = id === null ? null : book.user(id);
    if (!user) throw new Fault('link_refused');
    return user;
  }
}

function secretOf(request: FastifyRequest): string {
  return (request.params as { secret: string }).secret;
}
