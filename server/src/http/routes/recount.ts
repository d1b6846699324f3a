import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { RecountReport } from '@fanfare/contract';
import { permitted, principalOf, requireRoot } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { readBody } from '../schema.ts';

const schema = Compile(
  Type.Object(
    { brands: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 1_000 })) },
    { additionalProperties: false },
  ),
);

/** Recounts: what the last night found, and one on demand, of some brands or all. It changes nothing. */
export function recountRoutes(app: FastifyInstance, { access, brands, recounts }: HttpParts): void {
  app.get('/recount', (request): { last: RecountReport | null } => {
    requireRoot(request, access);
    return { last: recounts.last };
  });

  app.post('/recount', (request): Promise<RecountReport> => {
    const principal = principalOf(request, access);
    const named = namedIn(request);
    if (!named) requireRoot(request, access);
    return recounts.run(
      named
        ? named.map((slug) => permitted(principal, 'recounts.run', slug, brands).record)
        : [...brands.list()],
    );
  });
}

function namedIn(request: FastifyRequest): readonly string[] | undefined {
  if (request.body === undefined || request.body === null) return undefined;
  return readBody<{ brands?: readonly string[] }>(request, schema).brands;
}
