import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import { SubscriptionSchema, type Subscription } from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import type { BrandRef } from '../../parts.ts';
import type { HttpParts } from '../http-parts.ts';
import { readBody } from '../schema.ts';

const wanted = Compile(SubscriptionSchema);
/** Largest body of a click, bytes; it says `List-Unsubscribe=One-Click`. */
const MOST_BODY = 4_096;

/** What the recipients of scheduled mails do, without an account: the link in each mail is sealed for them. */
export function subscriptionRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { schedules: own, clock, isOpen, brands } = parts;

  app.get('/subscriptions/:token', async (request, reply): Promise<Subscription> => {
    void reply.header('cache-control', 'no-store');
    return find(tokenOf(request));
  });

  app.put('/subscriptions/:token', async (request, reply): Promise<Subscription> => {
    const { subscribed } = readBody<{ readonly subscribed: boolean }>(request, wanted);
    const { brand, recipient } = read(tokenOf(request));
    await own.schedules.leave(brand, recipient, subscribed ? null : clock());
    void reply.header('cache-control', 'no-store');
    return find(tokenOf(request));
  });

  // RFC 8058: the mail program posts here; a program that opens the address instead is led to the page.
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BODY }, (_request, _body, next) =>
      next(null, null),
    );
    scope.get('/unsubscribe/:token', async (request, reply) => {
      const token = tokenOf(request);
      const { locale } = await find(token);
      const path = `${locale === 'en' ? '/en' : ''}/unsubscribe/${encodeURIComponent(token)}`;
      return reply.redirect(own.site + path, 303);
    });
    scope.post('/unsubscribe/:token', async (request, reply): Promise<void> => {
      const { brand, recipient } = read(tokenOf(request));
      if (!(await own.schedules.leave(brand, recipient, clock()))) throw nothing();
      await reply.code(204).send();
    });
    done();
  });

  async function find(token: string): Promise<Subscription> {
    const { brand, recipient } = read(token);
    const record = brands
      .list()
      .find(({ organisation, id }) => organisation === brand.organisation && id === brand.id);
    const all = record ? await own.schedules.list(brand) : [];
    for (const { name, locale, recipients } of all) {
      const found = recipients.find(({ id }) => id === recipient);
      if (found)
        return {
          ...{ brand: record!.body.name, schedule: name, locale },
          state: found.leftAt === null ? 'subscribed' : 'left',
        };
    }
    throw nothing();
  }

  function read(token: string): { readonly brand: BrandRef; readonly recipient: number } {
    if (!isOpen()) throw new Fault('unavailable');
    const [organisation, id, recipient] = own.tokens.open(token)?.split('/').map(Number) ?? [];
    if (!organisation || !id || !recipient) throw nothing();
    return { brand: { organisation, id }, recipient };
  }
}

function tokenOf(request: FastifyRequest): string {
  return (request.params as { token: string }).token;
}

function nothing(): Fault {
  return new Fault('not_found', 'this link is of no list, or not any more');
}
