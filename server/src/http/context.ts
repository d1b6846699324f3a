import type { FastifyRequest } from 'fastify';
import type { Board, Comparison, Loyalty, WindowName } from '@fanfare/contract';
import type { BrandProofs, ChainChecks } from '../domain/brand-proof.ts';
import { Fault } from '../domain/fault.ts';
import type { RightsRequests } from '../domain/rights.ts';
import type { Snapshots } from '../domain/snapshot/kept.ts';
import type {
  BrandDoor,
  Clock,
  DatabaseState,
  DemonstrationSwitch,
  Directory,
  Receipts,
  Telemetry,
  Recounts,
} from '../parts.ts';
import type { Access, Principal } from './access.ts';

/** What privacy officers work with. */
export interface PrivacyParts {
  readonly requests: RightsRequests;
  readonly proofs: BrandProofs;
  readonly chains: ChainChecks;
}

/** What the routes need of the rest of the server. */
export interface HttpParts {
  readonly access: Access;
  readonly brands: Directory;
  readonly clock: Clock;
  readonly database: () => DatabaseState;
  /** False until every brand is loaded. */
  readonly isOpen: () => boolean;
  readonly board: (brand: string, window: WindowName) => Promise<Board<'team'> | null>;
  readonly publicBoard: (brand: string, window: WindowName) => Board<'public'> | null;
  readonly comparison: (
    brand: BrandDoor,
    window: WindowName,
    against: Comparison['with'],
  ) => Promise<Comparison>;
  readonly loyalty: (brand: BrandDoor) => Promise<Loyalty>;
  readonly snapshots: Snapshots;
  readonly recounts: Recounts;
  readonly receipts: Receipts;
  /** Number of the live frame that carries what was just committed. */
  readonly nextSeq: (brand: string) => number;
  readonly demonstration: DemonstrationSwitch;
  readonly telemetry: Telemetry;
  readonly privacy: PrivacyParts;
}

/** Who asks. @throws Fault unauthenticated for a wrong token, bad_origin for a cross-site write */
export function principalOf(request: FastifyRequest, access: Access): Principal {
  const principal = access.identify(request.headers);
  if (principal === null) throw new Fault('unauthenticated');
  const safe = request.method === 'GET' || request.method === 'HEAD';
  const byCookie = request.headers.authorization === undefined;
  if (byCookie && !safe && !access.isSameOrigin(request.headers)) throw new Fault('bad_origin');
  return principal;
}

/** Someone with every right. @throws Fault unauthenticated */
export function requireAdmin(request: FastifyRequest, access: Access): void {
  if (principalOf(request, access) !== 'admin') throw new Fault('unauthenticated');
}

/** The brand of the address, for writing. @throws Fault */
export function brandToWrite(request: FastifyRequest, parts: HttpParts): BrandDoor {
  requireAdmin(request, parts.access);
  requireOpen(parts);
  return readable('admin', slugOf(request), parts.brands);
}

/** The brand of the address, for reading: visitors see the demonstration alone. @throws Fault */
export function brandToRead(request: FastifyRequest, parts: HttpParts): BrandDoor {
  const principal = principalOf(request, parts.access);
  requireOpen(parts);
  return readable(principal, slugOf(request), parts.brands);
}

/** While brands are being loaded none is "unknown": a client must come back, not give its events up. */
function requireOpen({ isOpen }: HttpParts): void {
  if (!isOpen()) throw new Fault('unavailable');
}

/** The brand of a slug, as far as `principal` may read it. @throws Fault */
export function readable(principal: Principal, slug: string, brands: Directory): BrandDoor {
  const brand = brands.find(slug);
  if (principal !== 'admin' && !brand?.record.body.demonstration) throw new Fault('unauthenticated');
  if (!brand) throw new Fault('unknown_brand');
  return brand;
}

/** The brand's slug in the address. */
export function slugOf(request: FastifyRequest): string {
  const { params } = request;
  const slug = typeof params === 'object' && params !== null && 'brand' in params ? params.brand : '';
  return typeof slug === 'string' ? slug : '';
}
