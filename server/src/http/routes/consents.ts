import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  PURPOSES,
  parseConsent,
  type ConsentsAnswer,
  type EraseAnswer,
  type WithdrawAnswer,
} from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import { brandFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { readConsentCsv } from '../csv.ts';
import { readFan } from '../fan-body.ts';
import { Rejections, itemsOf, type Body } from '../items.ts';
import type { Line } from '../ndjson.ts';
import { noted } from '../noted.ts';
import { queryOf } from '../query.ts';

/** Faults told in an answer: 100 unless asked otherwise, at most 1 000. */
const MOST_TOLD = 1_000;
const CSV = /^text\/csv(?:\s*;\s*(?:charset="?utf-8"?|header="?present"?))*\s*$/i;

/** Consent records in, withdrawals and erasures. All answer after the commit. */
export function consentRoutes(app: FastifyInstance, parts: HttpParts): void {
  // A scope of its own: nothing but consents is taken as a table.
  void app.register((scope, _options, done) => {
    scope.addContentTypeParser(CSV, (_request, payload, next) => next(null, { csv: payload }));
    consentsRoute(scope, parts);
    done();
  });

  app.post('/brands/:brand/fans/withdraw', async (request): Promise<WithdrawAnswer> => {
    const brand = brandFor(request, parts, 'consents.write');
    const { network, fan, purposes = PURPOSES } = readFan(request.body);
    const withdrawn = purposes.includes('measure') ? PURPOSES : purposes;
    await brand.withdraw(network, fan, withdrawn);
    await noted(request, parts, brand.record, 'fan.withdrawn', { network, purposes: withdrawn });
    return { withdrawn, seq: parts.nextSeq(brand.record.body.slug) };
  });

  app.post('/brands/:brand/fans/erase', async (request): Promise<EraseAnswer> => {
    const brand = brandFor(request, parts, 'consents.write');
    const { network, fan } = readFan(request.body);
    await brand.erase(network, fan);
    await noted(request, parts, brand.record, 'fan.erased', { network });
    return { confirmation: randomUUID(), seq: parts.nextSeq(brand.record.body.slug) };
  });
}

/** A body as the parsers of this scope leave it. */
type ConsentsInput = Body | { readonly csv: AsyncIterable<Uint8Array> };

function consentsRoute(app: FastifyInstance, parts: HttpParts): void {
  app.post('/brands/:brand/consents', async (request): Promise<ConsentsAnswer> => {
    const brand = brandFor(request, parts, 'consents.write');
    const rejections = new Rejections(toldIn(request));
    let accepted = 0;
    try {
      for await (const lines of linesIn(request.body as ConsentsInput)) {
        const now = parts.clock();
        const { items: acts, places } = rejections.sift(lines, (value) => parseConsent(value, now));
        if (acts.length === 0) continue;
        const faults = await brand.consent(acts);
        faults.forEach((fault, i) => {
          if (fault) rejections.reject(places[i]!, fault);
          else accepted++;
        });
      }
    } finally {
      // Also of a file that broke off: what came before is committed.
      const counts = { received: rejections.received, accepted, rejected: rejections.rejected };
      if (accepted > 0) await noted(request, parts, brand.record, 'consents.imported', counts);
    }
    const { received, rejected } = rejections;
    const errors = rejections.errors.sort((a, b) => a.index - b.index);
    return { received, accepted, rejected, errors };
  });
}

function linesIn(body: ConsentsInput): AsyncGenerator<Line[]> {
  return typeof body === 'object' && 'csv' in body ? readConsentCsv(body.csv) : itemsOf(body);
}

/** @throws Fault bad_field */
function toldIn(request: FastifyRequest): number | undefined {
  const text = queryOf(request)['errors'];
  if (text === undefined) return undefined;
  const n = typeof text === 'string' && /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (n >= 1 && n <= MOST_TOLD) return n;
  throw new Fault('bad_field', `errors must be a whole number from 1 to ${MOST_TOLD}`);
}
