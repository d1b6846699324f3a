import type { FastifyInstance } from 'fastify';
import { Compile } from 'typebox/compile';
import { SetUpSchema } from '@fanfare/contract';
import { passwordFault } from '../../domain/accounts/password.ts';
import { Fault } from '../../domain/fault.ts';
import { beginSession } from '../accounts/begin.ts';
import type { StaffContext } from '../accounts/parts.ts';
import { sessionIn } from '../access.ts';
import { requireRoot } from '../context.ts';
import { readBody } from '../schema.ts';

const setUp = Compile(SetUpSchema);

/** The first owner, made by whoever opened the printed link or holds the installation's token. */
export function setUpRoutes(app: FastifyInstance, context: StaffContext): void {
  const { access, staff, clock } = context;
  const { book, tables } = staff;

  app.post('/set-up', { bodyLimit: 32_768 }, async (request, reply) => {
    requireRoot(request, access);
    if (book.hasOwner) throw new Fault('already_set_up');
    const body = readBody<{ name: string; email: string; password: string }>(request, setUp);
    const email = body.email.toLowerCase();
    const fault = passwordFault(body.password, email);
    if (fault) throw new Fault('weak_password', fault);
    const passwordHash = await staff.hashPassword(body.password);
    const now = clock();
    const made = await tables.makeOwner(book.home, { name: body.name.trim(), email, passwordHash }, now);
    if (!made) throw new Fault('already_set_up');
    book.addUser(made);
    book.setMember({ organisation: book.home, user: made.id, role: 'owner', since: now });
    const actor = { kind: 'root', id: null } as const;
    const detail = { user: made.id, role: 'owner' };
    await context.audit.log.add({
      organisation: book.home,
      actor,
      action: 'member.joined',
      brand: null,
      detail,
    });
    const old = sessionIn(request.headers.cookie, access.cookie);
    if (old !== null) access.end(old);
    await beginSession(request, reply, context, { email, password: body.password });
    await reply.code(204).send();
  });
}
