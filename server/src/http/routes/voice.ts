import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ShareOfVoice } from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import { releaseShares } from '../../domain/share.ts';
import { permitted, principalOf } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { queryOf, windowOf } from '../query.ts';

const [FEWEST, MOST] = [2, 20];

/** `GET /share-of-voice?brands=a,b`: 2 to 20 brands of one organisation, each of which one may read. */
export function voiceRoutes(app: FastifyInstance, parts: HttpParts): void {
  app.get('/share-of-voice', async (request, reply): Promise<ShareOfVoice> => {
    const principal = principalOf(request, parts.access);
    const window = windowOf(request);
    const brands = brandsIn(request).map(
      (slug) => permitted(principal, 'board.read', slug, parts.brands).record,
    );
    if (new Set(brands.map((brand) => brand.organisation)).size > 1)
      throw new Fault('bad_field', 'brands: are not all of one organisation');
    const boards = await Promise.all(brands.map(({ body }) => parts.board(body.slug, window)));
    if (boards.includes(null)) throw new Fault('unknown_brand');
    void reply.header('cache-control', 'no-store');
    return releaseShares(
      window,
      boards.filter((board) => board !== null),
    );
  });
}

function brandsIn(request: FastifyRequest): string[] {
  const { brands } = queryOf(request);
  const slugs = typeof brands === 'string' ? brands.split(',') : [];
  if (slugs.length < FEWEST || slugs.length > MOST || new Set(slugs).size < slugs.length)
    throw new Fault('bad_field', `brands: names ${FEWEST} to ${MOST} different brands, with commas between`);
  return slugs;
}
