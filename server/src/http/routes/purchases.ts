import type { FastifyInstance } from 'fastify';
import type { PurchaseTable } from '@fanfare/contract';
import { releasePurchases } from '../../domain/purchases/release.ts';
import { keptSince } from '../../domain/retention.ts';
import { brandFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';

/** `GET /brands/:brand/purchases`: orders of fans who let them be linked, by month; nothing under k people. */
export function purchaseRoutes(app: FastifyInstance, parts: HttpParts): void {
  app.get('/brands/:brand/purchases', async (request, reply): Promise<PurchaseTable> => {
    const { record } = brandFor(request, parts, 'history.read');
    const { kept, k } = parts.sources.purchases;
    const now = parts.clock();
    void reply.header('cache-control', 'no-store');
    return releasePurchases(await kept.months(record, keptSince('purchase', now), now), now, k);
  });
}
