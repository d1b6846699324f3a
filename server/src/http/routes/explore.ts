import type { FastifyInstance, FastifyReply } from 'fastify';
import { readExploreQuery } from '../../domain/explore/query.ts';
import { brandFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { queryOf } from '../query.ts';

/** `GET /brands/:brand/explore`: leaderboards of some days under filters, for the team. */
export function exploreRoutes(app: FastifyInstance, parts: HttpParts): void {
  app.get('/brands/:brand/explore', async (request, reply): Promise<FastifyReply> => {
    const { record } = brandFor(request, parts, 'history.read');
    void reply.header('cache-control', 'no-store');
    const query = readExploreQuery(queryOf(request), parts.clock(), record.body.timeZone);
    const answer = await parts.explore(record, query);
    if (!('loading' in answer)) return reply.send(answer);
    return reply.code(202).header('retry-after', '1').send(answer);
  });
}
