import type { FastifyInstance } from 'fastify';
import type { Rehearsal } from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import { requireRoot, type HttpParts } from '../context.ts';

/** The demonstration brand: had and removed by one call each, any number of times. */
export function demonstrationRoutes(app: FastifyInstance, { access, demonstration }: HttpParts): void {
  app.post('/demonstration', async (request, reply): Promise<void> => {
    requireRoot(request, access);
    await demonstration.begin();
    await reply.code(202).send();
  });

  app.post('/demonstration/rehearsal', async (request, reply): Promise<Rehearsal> => {
    requireRoot(request, access);
    const rehearsed = await demonstration.rehearse();
    if (!rehearsed) throw new Fault('not_found', 'there is no invented fan to withdraw');
    void reply.header('cache-control', 'no-store');
    return rehearsed;
  });

  app.delete('/demonstration', async (request, reply): Promise<void> => {
    requireRoot(request, access);
    await demonstration.end();
    await reply.code(204).send();
  });
}
