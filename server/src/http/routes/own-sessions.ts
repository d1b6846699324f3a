import type { FastifyInstance, FastifyRequest } from 'fastify';
import { formatInstant, type OwnSession } from '@fanfare/contract';
import { deviceOf } from '../../domain/access/device.ts';
import { Fault } from '../../domain/fault.ts';
import type { StaffContext } from '../accounts/parts.ts';
import { principalOf } from '../context.ts';
import { notedOf } from '../noted.ts';

/** One's own open sign-ins, and ending them. */
export function ownSessionRoutes(app: FastifyInstance, context: StaffContext): void {
  const { access, staff } = context;
  const { book, tables } = staff;

  app.get('/sessions', (request, reply): readonly OwnSession[] => {
    const user = userOf(request);
    const current = book.sessionOf(request.headers)?.id;
    void reply.header('cache-control', 'no-store');
    return book.sessions(user).map(({ id, createdAt, usedAt, expiresAt, address, agent }) => ({
      id,
      createdAt: formatInstant(createdAt),
      usedAt: formatInstant(usedAt),
      expiresAt: formatInstant(expiresAt),
      address,
      browser: deviceOf(agent),
      current: id === current,
    }));
  });

  app.delete('/sessions/:id', async (request, reply): Promise<void> => {
    const user = userOf(request);
    const { id } = request.params as { id: string };
    if (!book.sessions(user).some((session) => session.id === id)) throw new Fault('not_found');
    book.removeSession(id);
    await tables.endSession(id);
    await notedOf(user, context, 'session.ended');
    await reply.code(204).send();
  });

  function userOf(request: FastifyRequest): string {
    const principal = principalOf(request, access);
    if (principal.kind !== 'member') throw new Fault('unauthenticated');
    return principal.user;
  }
}
