import type { FastifyInstance } from 'fastify';
import type { Board, Comparison } from '@fanfare/contract';
import { DEFINITIONS } from '../../domain/definitions.ts';
import { Fault } from '../../domain/fault.ts';
import { readsWords } from '../../domain/access/principal.ts';
import { brandFor, principalOf } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { queryOf, windowOf } from '../query.ts';
import { annotationRoutes } from './annotations.ts';
import { latestRoutes } from './latest.ts';

/** The board, what it is compared with, how every number is counted, and what stands beside it. */
export function boardRoutes(app: FastifyInstance, parts: HttpParts): void {
  annotationRoutes(app, parts);
  latestRoutes(app, parts);
  app.get('/brands/:brand/board', async (request, reply): Promise<Board> => {
    const { slug } = brandFor(request, parts, 'board.read').record.body;
    const board = await parts.board(slug, windowOf(request));
    if (!board) throw new Fault('unknown_brand');
    void reply.header('cache-control', 'no-store');
    const { excerpts, ...numbers } = board;
    return excerpts && readsWords(principalOf(request, parts.access)) ? board : numbers;
  });

  app.get('/brands/:brand/public-board', (request, reply): Board<'public'> => {
    const { slug } = brandFor(request, parts, 'public.read').record.body;
    const board = parts.publicBoard(slug, windowOf(request));
    if (!board) throw new Fault('unknown_brand');
    void reply.header('cache-control', 'no-store');
    return board;
  });

  app.get('/brands/:brand/comparison', (request): Promise<Comparison> => {
    const against = queryOf(request)['with'] ?? 'previous';
    if (against !== 'previous' && against !== 'week')
      throw new Fault('bad_field', 'with: is one of previous, week');
    return parts.comparison(brandFor(request, parts, 'board.read'), windowOf(request), against);
  });

  app.get('/definitions', () => DEFINITIONS);
}
