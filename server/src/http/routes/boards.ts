import type { FastifyInstance, FastifyRequest } from 'fastify';
import { WINDOWS, isWindow, type Board, type Comparison, type WindowName } from '@fanfare/contract';
import { DEFINITIONS } from '../../domain/definitions.ts';
import { Fault } from '../../domain/fault.ts';
import { brandToRead, type HttpParts } from '../context.ts';

/** Reading: the board, what it is compared with, and how every number is counted. */
export function boardRoutes(app: FastifyInstance, parts: HttpParts): void {
  app.get('/brands/:brand/board', async (request, reply): Promise<Board> => {
    const { slug } = brandToRead(request, parts).record.body;
    const board = await parts.board(slug, windowOf(request));
    if (!board) throw new Fault('unknown_brand');
    void reply.header('cache-control', 'no-store');
    return board;
  });

  app.get('/brands/:brand/comparison', (request): Promise<Comparison> => {
    const against = queryOf(request)['with'] ?? 'previous';
    if (against !== 'previous' && against !== 'week')
      throw new Fault('bad_field', 'with: is one of previous, week');
    return parts.comparison(brandToRead(request, parts), windowOf(request), against);
  });

  app.get('/definitions', () => DEFINITIONS);
}

function queryOf(request: FastifyRequest): Record<string, unknown> {
  return typeof request.query === 'object' && request.query !== null ? { ...request.query } : {};
}

function windowOf(request: FastifyRequest): WindowName {
  const window = queryOf(request)['window'] ?? '1h';
  if (!isWindow(window)) throw new Fault('bad_field', `window: is one of ${WINDOWS.join(', ')}`);
  return window;
}
