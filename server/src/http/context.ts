import type { FastifyRequest } from 'fastify';
import type { Action } from '@fanfare/contract';
import { Fault } from '../domain/fault.ts';
import type { BrandDoor, BrandRecord, Directory } from '../parts.ts';
import { knows, may, mayIn, type Place, type Principal } from '../domain/access/principal.ts';
import type { Access } from './access.ts';
import { queryOf } from './query.ts';
import type { HttpParts } from './http-parts.ts';

/** Who asks. @throws Fault unauthenticated for a wrong token, bad_origin for a cross-site write */
export function principalOf(request: FastifyRequest, access: Access): Principal {
  const principal = access.identify(request.headers);
  if (principal === null) throw new Fault('unauthenticated');
  const safe = request.method === 'GET' || request.method === 'HEAD';
  const byCookie = request.headers.authorization === undefined;
  if (byCookie && !safe && !access.isSameOrigin(request.headers)) throw new Fault('bad_origin');
  return principal;
}

/** Somebody who may do this to the installation as a whole. @throws Fault unauthenticated or forbidden */
export function requireRoot(request: FastifyRequest, access: Access): void {
  const { kind } = principalOf(request, access);
  if (kind !== 'root') throw new Fault(kind === 'visitor' ? 'unauthenticated' : 'forbidden');
}

/**
 * The organisation that is asked about, for somebody who may do this in all of it: `?organisation=`,
 * or the one they belong to. @throws Fault unauthenticated, forbidden
 */
export function organisationFor(request: FastifyRequest, parts: HttpParts, action: Action): number {
  const principal = principalOf(request, parts.access);
  if (principal.kind === 'visitor') throw new Fault('unauthenticated');
  requireOpen(parts);
  const { organisation } = queryOf(request);
  const named = typeof organisation === 'string' ? Number(organisation) : ownOf(principal, parts.home);
  const known = parts.staff.book.organisations.has(named);
  if (!known || !mayIn(principal, action, named)) throw new Fault('forbidden');
  return named;
}

/**
 * Numbers of an organisation's brands.
 * @throws Fault bad_field that names the one which is not the organisation's
 */
export function brandNumbers(slugs: readonly string[], organisation: number, brands: Directory): number[] {
  return slugs.map((slug, i) => {
    const record = brands.find(slug)?.record;
    if (record?.organisation !== organisation)
      throw new Fault('bad_field', `brands/${i}: there is no such brand`);
    return record.id;
  });
}

function ownOf(principal: Exclude<Principal, { kind: 'visitor' }>, home: number): number {
  if (principal.kind === 'root') return home;
  if (principal.kind === 'member') return [...principal.roles.keys()][0] ?? -1;
  return principal.organisation;
}

/** The brand of the address, for somebody who may do this to it. @throws Fault */
export function brandFor(request: FastifyRequest, parts: HttpParts, action: Action): BrandDoor {
  const principal = principalOf(request, parts.access);
  requireOpen(parts);
  return permitted(principal, action, slugOf(request), parts.brands);
}

/** While brands are being loaded none is "unknown": a client must come back, not give its events up. */
function requireOpen({ isOpen }: HttpParts): void {
  if (!isOpen()) throw new Fault('unavailable');
}

/**
 * The brand of a slug, for somebody who may do this to it.
 * @throws Fault unknown_brand for one they may not know of, forbidden for one they may
 */
export function permitted(principal: Principal, action: Action, slug: string, brands: Directory): BrandDoor {
  const brand = brands.find(slug);
  const place = brand && placeOf(brand.record);
  if (brand && place && may(principal, action, place)) return brand;
  if (principal.kind === 'visitor') throw new Fault('unauthenticated');
  throw new Fault(place && knows(principal, place) ? 'forbidden' : 'unknown_brand');
}

/** A brand as far as access depends on it. */
export function placeOf({ organisation, id, body }: BrandRecord): Place {
  return { organisation, id, demonstration: body.demonstration };
}

/** The brand's slug in the address. */
export function slugOf(request: FastifyRequest): string {
  const { params } = request;
  const slug = typeof params === 'object' && params !== null && 'brand' in params ? params.brand : '';
  return typeof slug === 'string' ? slug : '';
}
