import type { FastifyInstance } from 'fastify';
import { formatInstant, type DeletionBody } from '@fanfare/contract';
import { readDeletionCode } from '../../domain/sources/deletion.ts';
import { Fault } from '../../domain/fault.ts';
import type { HttpParts } from '../http-parts.ts';

/** `GET /deletions/:code`: what became of a deletion that a network asked for. It is done before the code is given. */
export function deletionRoutes(app: FastifyInstance, { brands, isOpen }: HttpParts): void {
  app.get('/deletions/:code', (request, reply): DeletionBody => {
    if (!isOpen()) throw new Fault('unavailable');
    const { code } = request.params as { code: string };
    const found = readDeletionCode(code, brands.list());
    if (!found) throw new Fault('not_found', 'no deletion has this code');
    void reply.header('cache-control', 'no-store');
    return { brand: found.brand.body.name, doneAt: formatInstant(found.at) };
  });
}
