import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Rehearsal } from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import { mayIn } from '../../domain/access/principal.ts';
import { principalOf } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { notedIn } from '../noted.ts';

/** The demonstration brand: had and removed by one call each, any number of times. */
export function demonstrationRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { access, demonstration, staff } = parts;

  /** It belongs to the installation's own organisation. @throws Fault */
  function requireSwitch(request: FastifyRequest): void {
    const principal = principalOf(request, access);
    if (mayIn(principal, 'demonstration.switch', staff.book.home)) return;
    throw new Fault(principal.kind === 'visitor' ? 'unauthenticated' : 'forbidden');
  }

  app.post('/demonstration', async (request, reply): Promise<void> => {
    requireSwitch(request);
    await demonstration.begin();
    await notedIn(request, parts, staff.book.home, 'demonstration.begun');
    await reply.code(202).send();
  });

  app.post('/demonstration/rehearsal', async (request, reply): Promise<Rehearsal> => {
    requireSwitch(request);
    const rehearsed = await demonstration.rehearse();
    if (!rehearsed) throw new Fault('not_found', 'there is no invented fan to withdraw');
    void reply.header('cache-control', 'no-store');
    return rehearsed;
  });

  app.delete('/demonstration', async (request, reply): Promise<void> => {
    requireSwitch(request);
    await demonstration.end();
    await notedIn(request, parts, staff.book.home, 'demonstration.ended');
    await reply.code(204).send();
  });
}
