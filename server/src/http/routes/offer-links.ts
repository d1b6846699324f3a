import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { OfferLink } from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import type { BrandDoor } from '../../parts.ts';
import type { HttpParts } from '../http-parts.ts';

/** Largest body of a click, bytes. */
const MOST_BODY = 4_096;

/**
 * How a fan says no to offers, without an account: by the link that came with every sending. Whoever
 * has it, the brand's server included, can end that purpose, and nothing else, and learns nothing.
 */
export function offerLinkRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { rules: own, brands, clock, isOpen } = parts;

  app.get('/no-offers/:token', async (request, reply): Promise<OfferLink> => {
    const { brand, fan } = read(request);
    const person = await own.hits.agreeing(brand.record, fan, clock());
    const { name, locale } = brand.record.body;
    void reply.header('cache-control', 'no-store');
    return { brand: name, locale, state: person ? 'agreed' : 'ended' };
  });

  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BODY }, (_request, _body, next) =>
      next(null, null),
    );
    scope.post('/no-offers/:token', async (request, reply): Promise<void> => {
      const { brand, fan } = read(request);
      const person = await own.hits.agreeing(brand.record, fan, clock());
      if (person) await brand.withdraw(person.network, person.id, ['offers']);
      await reply.code(204).send();
    });
    done();
  });

  function read(request: FastifyRequest): { readonly brand: BrandDoor; readonly fan: number } {
    if (!isOpen()) throw new Fault('unavailable');
    const { token } = request.params as { token: string };
    const [organisation, id, fan] = own.tokens.open(token)?.split('/').map(Number) ?? [];
    const record = brands.list().find((one) => one.organisation === organisation && one.id === id);
    const brand = record && brands.find(record.body.slug);
    if (!brand || !fan) throw new Fault('not_found', 'this link is of no brand, or not any more');
    return { brand, fan };
  }
}
