import type { FastifyInstance, FastifyRequest } from 'fastify';
import { formatInstant, type BrandProof, type ChainCheckBody } from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import {
  addDays,
  dayAt,
  daysBetween,
  formatDay,
  parseDay,
  startOfDay,
  type Day,
} from '../../domain/local-day.ts';
import { RETENTION } from '../../domain/retention.ts';
import { brandFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { queryOf } from '../query.ts';

/** Days of a period when none is given, and at most. */
const DAYS = 30;
const MOST_DAYS = 5 * 366;

/** What a team can prove of a period, and the check of the brand's chain of consent records. */
export function brandProofRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { clock, privacy, recounts } = parts;
  const { proofs, requests, chains } = privacy;

  app.get('/brands/:brand/proof', async (request, reply): Promise<BrandProof> => {
    const { record } = brandFor(request, parts, 'proof.read');
    const { slug, timeZone } = record.body;
    const { from, to } = periodOf(request, dayAt(clock(), timeZone));
    const [starts, ends] = [startOfDay(from, timeZone), startOfDay(addDays(to, 1), timeZone)];
    void reply.header('cache-control', 'no-store');
    const [purposes, refused, erased, asked, records] = await Promise.all([
      proofs.acts(record, starts, ends),
      proofs.refused(record, starts, ends),
      proofs.erased(record, starts, ends),
      requests.counts(record, starts, ends),
      proofs.records(record),
    ]);
    return {
      brand: slug,
      asOf: formatInstant(clock()),
      from: formatDay(from),
      to: formatDay(to),
      starts: formatInstant(starts),
      ends: formatInstant(ends),
      purposes,
      refused,
      erased,
      requests: asked,
      records,
      chain: chains.last(record),
      recount: recounts.lastOf(record),
      retention: RETENTION,
    };
  });

  app.get('/brands/:brand/proof/chain', (request, reply): { chain: ChainCheckBody | null } => {
    const { record } = brandFor(request, parts, 'proof.read');
    void reply.header('cache-control', 'no-store');
    return { chain: chains.last(record) };
  });

  app.post('/brands/:brand/proof/chain', (request, reply): { chain: ChainCheckBody } => {
    const { record } = brandFor(request, parts, 'proof.read');
    void reply.code(202).header('cache-control', 'no-store');
    return { chain: chains.begin(record) };
  });
}

/** The days asked for, both within. @throws Fault bad_field */
function periodOf(request: FastifyRequest, today: Day): { from: Day; to: Day } {
  const { from, to } = queryOf(request);
  const last = to === undefined ? today : dayOf('to', to);
  const first = from === undefined ? addDays(last, 1 - DAYS) : dayOf('from', from);
  const days = daysBetween(first, last) + 1;
  if (days < 1) throw new Fault('bad_field', 'to: is not before from');
  if (days > MOST_DAYS) throw new Fault('bad_field', 'from: at most five years before to');
  return { from: first, to: last };
}

function dayOf(name: string, value: unknown): Day {
  const day = typeof value === 'string' ? parseDay(value) : null;
  if (!day) throw new Fault('bad_field', `${name}: is a day, as 2026-11-22`);
  return day;
}
