import type { FastifyInstance } from 'fastify';
import { Compile } from 'typebox/compile';
import { PlatformFigureSchema, checkInstant, parseInstant, type PlatformFigure } from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import { brandFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { readBody } from '../schema.ts';

const schema = Compile(PlatformFigureSchema);

/** `POST /brands/:brand/platform-figures`: a network's own figure; 204 after the commit. */
export function figureRoutes(app: FastifyInstance, parts: HttpParts): void {
  app.post('/brands/:brand/platform-figures', async (request, reply) => {
    const brand = brandFor(request, parts, 'figures.write');
    const body = readBody<Omit<PlatformFigure, 'asOf'> & { asOf: string }>(request, schema);
    const asOf = parseInstant(body.asOf);
    if (asOf === null) throw new Fault('bad_field', 'asOf: not an RFC 3339 instant with offset');
    const fault = checkInstant(asOf, parts.clock(), 'asOf');
    if (fault) throw new Fault('bad_field', fault.detail);
    await brand.figure({ ...body, asOf });
    await reply.code(204).send();
  });
}
