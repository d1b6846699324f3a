import type { FastifyRequest } from 'fastify';
import type { Action } from '@fanfare/contract';
import { knows } from '../domain/access/principal.ts';
import { Fault } from '../domain/fault.ts';
import type { KeptSnapshot } from '../domain/snapshot/kept.ts';
import type { BrandRecord } from '../parts.ts';
import { permitted, placeOf, principalOf } from './context.ts';
import type { HttpParts } from './http-parts.ts';

type Parts = Pick<HttpParts, 'access' | 'isOpen' | 'brands' | 'snapshots'>;

/** The snapshot of an id and its brand, as far as the reader may do this to the brand. @throws Fault */
export async function snapshotFor(
  request: FastifyRequest,
  { access, isOpen, brands, snapshots }: Parts,
  action: Action,
  id = snapshotIdOf(request),
): Promise<[KeptSnapshot, BrandRecord]> {
  const principal = principalOf(request, access);
  if (!isOpen()) throw new Fault('unavailable');
  const row = await snapshots.find(id);
  const owner = row && brandOf(row, brands);
  if (principal.kind !== 'root' && !(owner && knows(principal, placeOf(owner))))
    throw new Fault(principal.kind === 'visitor' ? 'unauthenticated' : 'not_found');
  if (!row || !owner) throw new Fault('not_found');
  return [row, permitted(principal, action, owner.body.slug, brands).record];
}

/** The brand a snapshot is of, `undefined` when it is not served. */
export function brandOf(row: KeptSnapshot, brands: HttpParts['brands']): BrandRecord | undefined {
  const { brand } = row;
  return brands.list().find(({ organisation, id }) => organisation === brand.organisation && id === brand.id);
}

/** @throws Fault not_found for what cannot be an id */
export function snapshotIdOf(request: FastifyRequest): string {
  const { id } = request.params as { id: string };
  if (!/^[\w-]{22}$/.test(id)) throw new Fault('not_found', 'there is no such snapshot here');
  return id;
}
