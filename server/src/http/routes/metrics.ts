import type { FastifyInstance } from 'fastify';
import { requireRoot } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';

/** `GET /metrics`: counts of this process for Prometheus. */
export function metricsRoutes(app: FastifyInstance, { access, telemetry }: HttpParts): void {
  app.get('/metrics', async (request, reply): Promise<string> => {
    requireRoot(request, access);
    const { type, text } = await telemetry.print();
    void reply.header('cache-control', 'no-store').type(type);
    return text;
  });
}
