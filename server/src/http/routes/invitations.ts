import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import {
  AcceptanceSchema,
  formatInstant,
  InvitationSchema,
  type InvitationBody,
  type InvitedBody,
  type OfferBody,
  type Role,
} from '@fanfare/contract';
import { passwordFault } from '../../domain/accounts/password.ts';
import {
  INVITATION_MS,
  type Invitation,
  type NewStaff,
  type StaffUser,
} from '../../domain/accounts/staff.ts';
import { Fault } from '../../domain/fault.ts';
import type { Attempts } from '../accounts/attempts.ts';
import { beginSession } from '../accounts/begin.ts';
import { invitationMail } from '../accounts/mail.ts';
import type { StaffContext } from '../accounts/parts.ts';
import { organisationFor } from '../context.ts';
import { callerOf } from '../fan/limiter.ts';
import { notedIn } from '../noted.ts';
import { readBody } from '../schema.ts';
import { allow } from './auth.ts';

const invitationSchema = Compile(InvitationSchema);
const acceptance = Compile(AcceptanceSchema);
type Acceptance = { readonly name?: string; readonly password?: string };

/** Invitations: made, listed and withdrawn by owners; read and taken by who has the link. */
export function invitationRoutes(app: FastifyInstance, context: StaffContext, attempts: Attempts): void {
  const { access, staff, clock } = context;
  const { book, tables } = staff;

  app.get('/invitations', async (request): Promise<readonly InvitationBody[]> => {
    const organisation = organisationFor(request, context, 'members.manage');
    return (await tables.invitations(organisation, clock())).map(bodyOf);
  });

  app.post('/invitations', async (request, reply): Promise<InvitedBody> => {
    const organisation = organisationFor(request, context, 'members.manage');
    const body = readBody<{ email: string; role: Role }>(request, invitationSchema);
    const email = body.email.toLowerCase();
    const known = book.userByEmail(email);
    if (known && book.members(organisation).some(({ user }) => user === known.id))
      throw new Fault('already_member');
    const now = clock();
    const secret = randomBytes(32).toString('base64url');
    const id = randomBytes(12).toString('base64url');
    const made = { organisation, id, email, role: body.role, createdAt: now, expiresAt: now + INVITATION_MS };
    await tables.invite(made, hash(secret));
    const link = `${context.publicUrl}/invitation/${secret}`;
    const mailed = await send(made, link);
    const told = { invitation: id, role: body.role, mailed };
    await notedIn(request, context, organisation, 'member.invited', told);
    void reply.code(201).header('cache-control', 'no-store');
    return { ...bodyOf(made), mailed, ...(mailed ? {} : { link }) };
  });

  app.delete('/invitations/:id', async (request, reply): Promise<void> => {
    const organisation = organisationFor(request, context, 'members.manage');
    const { id } = request.params as { id: string };
    if (!(await tables.withdraw(organisation, id))) throw new Fault('not_found');
    await notedIn(request, context, organisation, 'invitation.withdrawn', { invitation: id });
    await reply.code(204).send();
  });

  app.get('/invitations/offer/:secret', async (request, reply): Promise<OfferBody> => {
    allow(reply, attempts.other(callerOf(request.ip)));
    const { organisation, email, role } = await offerOf(request);
    void reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    return { organisation: nameOf(organisation), email, role, known: book.userByEmail(email) !== null };
  });

  app.post('/invitations/offer/:secret', { bodyLimit: 32_768 }, async (request, reply): Promise<void> => {
    if (!access.isSameOrigin(request.headers)) throw new Fault('bad_origin');
    allow(reply, attempts.other(callerOf(request.ip)));
    const { email } = await offerOf(request);
    const body = readBody<Acceptance>(request, acceptance);
    const as = await whoAccepts(request, email, body);
    const taken = await tables.accept(hash(secretOf(request)), as, clock());
    if (!taken) throw new Fault('link_refused');
    book.addUser(taken.user);
    book.setMember(taken.membership);
    const { organisation, user, role } = taken.membership;
    const actor = { kind: 'member', id: user } as const;
    const entry = { organisation, actor, action: 'member.joined', brand: null, detail: { role } } as const;
    await context.audit.log.add(entry);
    if (!('id' in as)) await beginSession(request, reply, context, { email, password: body.password! });
    await reply.code(204).send();
  });

  async function offerOf(request: FastifyRequest): Promise<Invitation> {
    const offer = await tables.offer(hash(secretOf(request)), clock());
    if (!offer) throw new Fault('link_refused');
    return offer;
  }

  /** Who has an account already must be signed in with it: a link is not a way into an account. */
  async function whoAccepts(
    request: FastifyRequest,
    email: string,
    { name, password }: Acceptance,
  ): Promise<NewStaff | StaffUser> {
    const known = book.userByEmail(email);
    if (known) {
      if (book.sessionOf(request.headers)?.user !== known.id) throw new Fault('unauthenticated');
      return known;
    }
    if (name === undefined || password === undefined)
      throw new Fault('bad_field', 'name and password: missing');
    const fault = passwordFault(password, email);
    if (fault) throw new Fault('weak_password', fault);
    return { name: name.trim(), email, passwordHash: await staff.hashPassword(password) };
  }

  /** True when the mail server took it; else the link is handed over by hand. */
  async function send({ email, organisation, role }: Invitation, link: string): Promise<boolean> {
    try {
      await staff.mailer?.send(invitationMail(email, nameOf(organisation), role, link));
    } catch {
      return false;
    }
    if (!staff.mailer) staff.say(`Invitation for a new member (${role}): ${link}`);
    return staff.mailer !== null;
  }

  function nameOf(organisation: number): string {
    return book.organisations.get(organisation) ?? '';
  }
}

function secretOf(request: FastifyRequest): string {
  return (request.params as { secret: string }).secret;
}

function hash(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest();
}

function bodyOf({ id, email, role, createdAt, expiresAt }: Invitation): InvitationBody {
  return { id, email, role, createdAt: formatInstant(createdAt), expiresAt: formatInstant(expiresAt) };
}
