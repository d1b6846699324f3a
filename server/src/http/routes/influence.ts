import type { FastifyInstance } from 'fastify';
import type { Influence } from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import { influenceOf } from '../../domain/influence.ts';
import { brandFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { windowOf } from '../query.ts';

/**
 * `GET /brands/:brand/influence`: total, raw counts, h-index and histogram, read off the board, so
 * that they are the board's. No row per fan: such a row is about one person, who did not say that
 * they may be named.
 */
export function influenceRoutes(app: FastifyInstance, parts: HttpParts): void {
  app.get('/brands/:brand/influence', async (request, reply): Promise<Influence> => {
    const { slug } = brandFor(request, parts, 'board.read').record.body;
    const board = await parts.board(slug, windowOf(request, '30d'));
    if (!board) throw new Fault('unknown_brand');
    void reply.header('cache-control', 'no-store');
    return influenceOf(board);
  });
}
