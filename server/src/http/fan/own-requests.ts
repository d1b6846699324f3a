import type { Right } from '@fanfare/contract';
import { dueOf, stateOf, type RightsRequest } from '../../domain/rights.ts';
import type { BrandDoor } from '../../parts.ts';
import type { VisitClaim } from './claims.ts';
import type { FanContext } from './entrance.ts';

const DAY = 86_400_000;
/** Requests of one fan that may wait for an answer at a time. */
export const MOST_OPEN = 5;

/** Keep a request of the fan whose page is open; `null` for someone the brand does not know. */
export function receive(
  { privacy, clock }: FanContext,
  { record }: BrandDoor,
  { network, fan }: VisitClaim,
  kind: Right,
  note: string | null,
): Promise<RightsRequest | null> {
  const received = clock();
  const due = dueOf(received, record.body.timeZone);
  const request = { kind, channel: 'page', received, due, person: { network, fan }, note } as const;
  return privacy.requests.open(record, request, true);
}

/**
 * Carry a right out at once, and keep that it was asked and done. It is received before the act: an
 * act that fails leaves an open request behind, which the team sees.
 */
export async function atOnce<T>(
  context: FanContext,
  brand: BrandDoor,
  visit: VisitClaim,
  kind: Right,
  act: () => Promise<T>,
): Promise<T> {
  const request = await receive(context, brand, visit, kind, null);
  const result = await act();
  // An erasure has closed it already, with everything else of the fan.
  if (request) await context.privacy.requests.close(brand.record, request.id, context.clock(), 'done', null);
  return result;
}

/** The same for what is only read, told once a day at most: looking again is no new request. */
export async function readAtOnce(
  context: FanContext,
  brand: BrandDoor,
  visit: VisitClaim,
  kind: Right,
): Promise<void> {
  const since = context.clock() - DAY;
  const own = await context.privacy.requests.of(brand.record, { network: visit.network, fan: visit.fan });
  const told = own.some((one) => one.kind === kind && one.channel === 'page' && one.received > since);
  if (!told) await atOnce(context, brand, visit, kind, () => Promise.resolve());
}

/** How many requests wait for an answer. */
export function openIn(requests: readonly RightsRequest[]): number {
  return requests.filter((request) => stateOf(request) !== 'closed').length;
}
