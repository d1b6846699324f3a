import type { FastifyInstance } from 'fastify';
import { formatInstant, type LatestBody } from '@fanfare/contract';
import { brandFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';

const HOUR = 3_600_000;
const MOST = 5;

/**
 * `GET /brands/:brand/events/latest`: the last five events, without anything of a person, for
 * whoever connects a source and wants to see that it works.
 */
export function latestRoutes(app: FastifyInstance, parts: HttpParts): void {
  app.get('/brands/:brand/events/latest', async (request, reply): Promise<LatestBody> => {
    const { record } = brandFor(request, parts, 'sources.manage');
    const now = parts.clock();
    void reply.header('cache-control', 'no-store');
    return { asOf: formatInstant(now), ...(await parts.latest.since(record, now - HOUR, MOST)) };
  });
}
