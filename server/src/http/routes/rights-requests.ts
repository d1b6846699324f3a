import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import {
  PURPOSES,
  RequestCloseSchema,
  RequestExtendSchema,
  RequestOpenSchema,
  formatInstant,
  parseInstant,
  type RequestClose,
  type RequestExtend,
  type RequestOpen,
  type RightsRequestBody,
  type RightsRequestList,
} from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import {
  dueOf,
  mayExtend,
  showRequest,
  stateOf,
  type Person,
  type RightsRequest,
} from '../../domain/rights.ts';
import type { BrandDoor } from '../../parts.ts';
import { brandFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { queryOf } from '../query.ts';
import { noted } from '../noted.ts';
import { readBody } from '../schema.ts';

const opening = Compile(RequestOpenSchema);
const extending = Compile(RequestExtendSchema);
const closing = Compile(RequestCloseSchema);
/** A letter may have lain about; one older than a year is a wrong date. */
const OLDEST = 366 * 86_400_000;
const NUMBER = /^[1-9]\d{0,8}$/;

/** What people asked of their rights, for the team that answers. */
export function rightsRequestRoutes(app: FastifyInstance, parts: HttpParts): void {
  const { clock, privacy } = parts;
  const { requests } = privacy;
  const show = (brand: BrandDoor, request: RightsRequest): RightsRequestBody =>
    showRequest(request, clock(), brand.record.body.timeZone, 'team');
  const found = async (brand: BrandDoor, id: number): Promise<RightsRequest> => {
    const request = await requests.find(brand.record, id);
    if (!request) throw new Fault('not_found', 'there is no such request');
    return request;
  };

  app.get('/brands/:brand/rights', async (request, reply): Promise<RightsRequestList> => {
    const brand = brandFor(request, parts, 'rights.manage');
    const state = queryOf(request)['state'] ?? 'open';
    if (state !== 'open' && state !== 'closed') throw new Fault('bad_field', 'state: is open or closed');
    await noted(request, parts, brand.record, 'request.shown', { state });
    void reply.header('cache-control', 'no-store');
    const [list, totals] = await Promise.all([
      requests.list(brand.record, state === 'closed'),
      requests.totals(brand.record, clock()),
    ]);
    return { asOf: formatInstant(clock()), requests: list.map((one) => show(brand, one)), ...totals };
  });

  app.post('/brands/:brand/rights', async (request, reply): Promise<RightsRequestBody> => {
    const brand = brandFor(request, parts, 'rights.manage');
    const { kind, channel, note, ...body } = readBody<RequestOpen>(request, opening);
    const received = receivedIn(body.receivedAt, clock());
    const due = dueOf(received, brand.record.body.timeZone);
    const asked = { kind, channel, received, due, person: personIn(body), note: note?.trim() || null };
    const kept = await requests.open(brand.record, asked, false);
    await noted(request, parts, brand.record, 'request.opened', { request: kept!.id, kind, channel });
    void reply.code(201).header('cache-control', 'no-store');
    return show(brand, kept!);
  });

  app.post('/brands/:brand/rights/:id/extend', async (request, reply): Promise<RightsRequestBody> => {
    const brand = brandFor(request, parts, 'rights.manage');
    const id = numberOf(request);
    const { reason } = readBody<RequestExtend>(request, extending);
    if (!reason.trim()) throw new Fault('bad_field', 'reason: says why it takes longer');
    const asked = await found(brand, id);
    if (stateOf(asked) === 'closed') throw new Fault('already_closed');
    if (!mayExtend(asked, clock())) throw new Fault('already_extended');
    const due = dueOf(asked.received, brand.record.body.timeZone, 'extended');
    if (!(await requests.extend(brand.record, id, clock(), due, reason.trim())))
      throw new Fault('already_extended');
    await noted(request, parts, brand.record, 'request.extended', { request: id });
    void reply.header('cache-control', 'no-store');
    return show(brand, await found(brand, id));
  });

  app.post('/brands/:brand/rights/:id/close', async (request, reply): Promise<RightsRequestBody> => {
    const brand = brandFor(request, parts, 'rights.manage');
    const id = numberOf(request);
    const { outcome, answer, carryOut = false } = readBody<RequestClose>(request, closing);
    const told = answer?.trim() || null;
    if ((outcome === 'refused' || outcome === 'partly') && told === null)
      throw new Fault('bad_field', 'answer: a person who is refused something is told why');
    const asked = await found(brand, id);
    if (stateOf(asked) === 'closed') throw new Fault('already_closed');
    if (carryOut) await carry(brand, asked, outcome);
    const closed = await requests.close(brand.record, id, clock(), outcome, told);
    // An erasure closes the requests of the fan by itself.
    if (!closed && !carryOut) throw new Fault('already_closed');
    const act = { request: id, kind: asked.kind, outcome, carriedOut: carryOut };
    await noted(request, parts, brand.record, 'request.closed', act);
    void reply.header('cache-control', 'no-store');
    return show(brand, await found(brand, id));
  });
}

/** Do what was asked, through the same door as every withdrawal and erasure. @throws Fault bad_field */
async function carry(
  brand: BrandDoor,
  { kind, person }: RightsRequest,
  outcome: RequestClose['outcome'],
): Promise<void> {
  if (!person || outcome !== 'done' || (kind !== 'withdrawal' && kind !== 'erasure'))
    throw new Fault('bad_field', 'carryOut: for a withdrawal or an erasure that is done, of a known fan');
  if (kind === 'erasure') await brand.erase(person.network, person.fan);
  else await brand.withdraw(person.network, person.fan, PURPOSES);
}

function receivedIn(text: string | undefined, now: number): number {
  const received = text === undefined ? now : parseInstant(text);
  if (received === null || received > now || received < now - OLDEST)
    throw new Fault('bad_field', 'receivedAt: an instant of the last 366 days, RFC 3339');
  return received;
}

function personIn({ network, fan }: Pick<RequestOpen, 'network' | 'fan'>): Person | null {
  if (network !== undefined && fan !== undefined) return { network, fan };
  if (network !== undefined || fan !== undefined)
    throw new Fault('bad_field', 'network: goes with fan, or neither is given');
  return null;
}

function numberOf(request: FastifyRequest): number {
  const { id } = request.params as { id: string };
  if (!NUMBER.test(id)) throw new Fault('not_found', 'there is no such request');
  return Number(id);
}
