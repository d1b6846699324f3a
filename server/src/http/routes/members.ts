import type { FastifyInstance } from 'fastify';
import { Compile } from 'typebox/compile';
import { formatInstant, MemberChangeSchema, type MemberBody, type Role } from '@fanfare/contract';
import type { Membership } from '../../domain/accounts/staff.ts';
import type { Principal } from '../../domain/access/principal.ts';
import { Fault } from '../../domain/fault.ts';
import type { StaffContext } from '../accounts/parts.ts';
import { organisationFor, principalOf } from '../context.ts';
import { authorOf, notedIn } from '../noted.ts';
import { readBody } from '../schema.ts';

const memberChange = Compile(MemberChangeSchema);

/** Who belongs to an organisation, and as what. */
export function memberRoutes(app: FastifyInstance, context: StaffContext): void {
  const { access, staff } = context;
  const { book, tables } = staff;

  app.get('/members', (request): readonly MemberBody[] => {
    const organisation = organisationFor(request, context, 'members.manage');
    const asker = principalOf(request, access);
    const members = [...book.members(organisation)].sort((a, b) => a.since - b.since);
    return members.map((member) => bodyOf(member, asker));
  });

  app.patch('/members/:user', async (request): Promise<MemberBody> => {
    const organisation = organisationFor(request, context, 'members.manage');
    const { user } = request.params as { user: string };
    const { role } = readBody<{ role: Role }>(request, memberChange);
    refuse(await tables.setRole(organisation, user, role));
    const member = memberIn(organisation, user);
    const changed = { ...member, role };
    book.setMember(changed);
    const act = { user, from: member.role, to: role };
    await notedIn(request, context, organisation, 'member.role_changed', act);
    return bodyOf(changed, principalOf(request, access));
  });

  app.delete('/members/:user', async (request, reply): Promise<void> => {
    const organisation = organisationFor(request, context, 'members.manage');
    const { user } = request.params as { user: string };
    const actor = authorOf(request, context);
    const { outcome, gone } = await tables.removeMember(organisation, user);
    refuse(outcome);
    if (gone) book.removeUser(user);
    else book.removeMember(organisation, user);
    const entry = { organisation, actor, action: 'member.removed', brand: null, detail: { user } } as const;
    await context.audit.log.add(entry);
    await reply.code(204).send();
  });

  function memberIn(organisation: number, user: string): Membership {
    const member = book.members(organisation).find((one) => one.user === user);
    if (!member) throw new Fault('not_found');
    return member;
  }

  function bodyOf({ user, role, since }: Membership, asker: Principal): MemberBody {
    const { name, email } = book.user(user) ?? { name: '', email: '' };
    const self = asker.kind === 'member' && asker.user === user;
    return { user, name, email, role, since: formatInstant(since), self };
  }
}

function refuse(outcome: 'done' | 'last_owner' | 'unknown'): void {
  if (outcome === 'last_owner') throw new Fault('last_owner');
  if (outcome === 'unknown') throw new Fault('not_found');
}
