import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import {
  PURPOSES,
  parseConsent,
  type ConsentsAnswer,
  type EraseAnswer,
  type WithdrawAnswer,
} from '@fanfare/contract';
import { brandToWrite, type HttpParts } from '../context.ts';
import { readFan } from '../fan-body.ts';
import { Rejections, itemsOf, type Body } from '../items.ts';

/** Consent records in, withdrawals and erasures. All answer after the commit. */
export function consentRoutes(app: FastifyInstance, parts: HttpParts): void {
  app.post('/brands/:brand/consents', async (request): Promise<ConsentsAnswer> => {
    const brand = brandToWrite(request, parts);
    const rejections = new Rejections();
    let accepted = 0;
    for await (const lines of itemsOf(request.body as Body)) {
      const now = parts.clock();
      const { items: acts, places } = rejections.sift(lines, (value) => parseConsent(value, now));
      if (acts.length === 0) continue;
      const faults = await brand.consent(acts);
      faults.forEach((fault, i) => {
        if (fault) rejections.reject(places[i]!, fault);
        else accepted++;
      });
    }
    const { received, rejected, errors } = rejections;
    return { received, accepted, rejected, errors };
  });

  app.post('/brands/:brand/fans/withdraw', async (request): Promise<WithdrawAnswer> => {
    const brand = brandToWrite(request, parts);
    const { network, fan, purposes = PURPOSES } = readFan(request.body);
    const withdrawn = purposes.includes('measure') ? PURPOSES : purposes;
    await brand.withdraw(network, fan, withdrawn);
    return { withdrawn, seq: parts.nextSeq(brand.record.body.slug) };
  });

  app.post('/brands/:brand/fans/erase', async (request): Promise<EraseAnswer> => {
    const brand = brandToWrite(request, parts);
    const { network, fan } = readFan(request.body);
    await brand.erase(network, fan);
    return { confirmation: randomUUID(), seq: parts.nextSeq(brand.record.body.slug) };
  });
}
