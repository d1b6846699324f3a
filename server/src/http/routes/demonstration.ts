import type { FastifyInstance } from 'fastify';
import { requireAdmin, type HttpParts } from '../context.ts';

/** The demonstration brand: had and removed by one call each, any number of times. */
export function demonstrationRoutes(app: FastifyInstance, { access, demonstration }: HttpParts): void {
  app.post('/demonstration', async (request, reply): Promise<void> => {
    requireAdmin(request, access);
    await demonstration.begin();
    await reply.code(202).send();
  });

  app.delete('/demonstration', async (request, reply): Promise<void> => {
    requireAdmin(request, access);
    await demonstration.end();
    await reply.code(204).send();
  });
}
