import type { FastifyInstance } from 'fastify';
import type { Loyalty } from '@fanfare/contract';
import { brandFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';

/** `GET /brands/:brand/loyalty`: fans by their habits over half a year (rfe@1). */
export function loyaltyRoutes(app: FastifyInstance, parts: HttpParts): void {
  app.get('/brands/:brand/loyalty', (request, reply): Promise<Loyalty> => {
    void reply.header('cache-control', 'no-store');
    return parts.loyalty(brandFor(request, parts, 'board.read'));
  });
}
