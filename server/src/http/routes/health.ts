import type { FastifyInstance } from 'fastify';
import type { HttpParts } from '../http-parts.ts';

/** Alive, and ready to take events: database reachable, migrated, every brand loaded. */
export function healthRoutes(app: FastifyInstance, parts: HttpParts): void {
  app.get('/healthz', () => ({ status: 'alive' }));

  app.get('/readyz', async (_request, reply) => {
    const { reachable, since } = parts.database();
    if (reachable && parts.isOpen()) return { status: 'ready' };
    const why = reachable ? 'starting: the brands are being loaded' : 'the database is away';
    return reply
      .code(503)
      .header('retry-after', 2)
      .send({ status: 'unavailable', why, since: since?.toISOString() ?? null });
  });
}
