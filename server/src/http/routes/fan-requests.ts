import type { FastifyInstance } from 'fastify';
import { Compile } from 'typebox/compile';
import { RequestAskSchema, type RequestAsk, type RightsRequestBody } from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import { showRequest } from '../../domain/rights.ts';
import { brandOf, createLimits, requireOwnPage, visitOf, type FanContext } from '../fan/entrance.ts';
import { MOST_OPEN, openIn, receive } from '../fan/own-requests.ts';
import { readBody } from '../schema.ts';
import { fanPurchaseRoutes } from './fan-purchases.ts';

const ask = Compile(RequestAskSchema);

/** What a fan asked of the brand, asking for what the page cannot do by itself, and their orders. */
export function fanRequestRoutes(
  app: FastifyInstance,
  context: FanContext,
  limits: ReturnType<typeof createLimits>,
): void {
  const { clock, privacy } = context;
  fanPurchaseRoutes(app, context, limits);

  app.get('/fan/:brand/requests', async (request, reply) => {
    const brand = brandOf(request, context);
    const { record } = brand;
    const { network, fan } = visitOf(request, brand, context);
    void reply.header('cache-control', 'no-store');
    const own = await privacy.requests.of(record, { network, fan });
    const shown = own.map((one) => showRequest(one, clock(), record.body.timeZone, 'fan'));
    return { requests: shown satisfies RightsRequestBody[] };
  });

  app.post('/fan/:brand/requests', async (request, reply) => {
    requireOwnPage(request, context);
    limits.act(request, reply);
    const brand = brandOf(request, context);
    const visit = visitOf(request, brand, context);
    const { kind, note } = readBody<RequestAsk>(request, ask);
    const { network, fan } = visit;
    const { body } = brand.record;
    if (openIn(await privacy.requests.of(brand.record, { network, fan })) >= MOST_OPEN)
      throw new Fault('too_many_requests', 'five requests are waiting for an answer already');
    // Anybody can open an invented fan's page: what they write there must not be shown to others.
    const text = body.demonstration ? '' : (note ?? '').trim();
    const kept = await receive(context, brand, visit, kind, text || null);
    void reply.code(kept ? 201 : 200).header('cache-control', 'no-store');
    return { request: kept && showRequest(kept, clock(), body.timeZone, 'fan') };
  });
}
