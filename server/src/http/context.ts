import type { FastifyRequest } from 'fastify';
import type {
  Action,
  Board,
  Comparison,
  Exploration,
  ExploreLoading,
  Loyalty,
  WindowName,
} from '@fanfare/contract';
import type { Alerts } from '../domain/alerts/port.ts';
import type { Annotations } from '../domain/annotation.ts';
import type { Audit } from '../domain/audit/log.ts';
import type { BiGateway } from '../domain/bi/port.ts';
import type { BrandProofs, ChainChecks } from '../domain/brand-proof.ts';
import type { ExploreQuery } from '../domain/explore/query.ts';
import type { Exports } from '../domain/export/port.ts';
import { Fault } from '../domain/fault.ts';
import type { Latest } from '../domain/latest.ts';
import type { RightsRequests } from '../domain/rights.ts';
import type { RuleHits, Rules } from '../domain/rules/port.ts';
import type { SignedPost } from '../domain/signed-post.ts';
import type { Rule } from '../domain/rules/rule.ts';
import type { ScheduleRuns, Schedules } from '../domain/schedules/port.ts';
import type { BrandRef } from '../domain/brand.ts';
import type { Backlog } from '../domain/sector/backlog.ts';
import type { SafetyBook } from '../domain/sector/contact.ts';
import type { Quarantines } from '../domain/sector/quarantine.ts';
import type { SafetyLinks } from '../domain/sector/safety-link.ts';
import type { Shares } from '../domain/share/link.ts';
import type { Snapshots } from '../domain/snapshot/kept.ts';
import type {
  BrandDoor,
  BrandRecord,
  Clock,
  DatabaseState,
  DemonstrationSwitch,
  Directory,
  Histories,
  Receipts,
  Telemetry,
  Recounts,
  Tokens,
} from '../parts.ts';
import { knows, may, mayIn, type Place, type Principal } from '../domain/access/principal.ts';
import type { Displays } from '../domain/access/display.ts';
import type { ApiTokens } from '../domain/access/token.ts';
import type { Access } from './access.ts';
import type { StaffParts } from './accounts/staff-parts.ts';
import { queryOf } from './query.ts';
import type { SourceParts } from './source-parts.ts';

/** What privacy officers work with. */
export interface PrivacyParts {
  readonly requests: RightsRequests;
  readonly proofs: BrandProofs;
  readonly chains: ChainChecks;
}

/** What was done in each organisation, and the checks of that chain by number of the organisation. */
export interface AuditParts {
  readonly log: Audit;
  readonly checks: ChainChecks<number>;
}

/** Alerts, and how they can be told. */
export interface AlertParts {
  readonly alerts: Alerts;
  /** Is there a mail server? */
  readonly mail: boolean;
  /** Address of the installation, without a slash at the end. */
  readonly site: string;
}

/** Boards sent by mail, and how they can be. */
export interface ScheduleParts {
  readonly schedules: Schedules;
  readonly runs: Pick<ScheduleRuns, 'claim'>;
  /** In the links by which recipients leave. */
  readonly tokens: Tokens;
  /** Is there a mail server? */
  readonly mail: boolean;
  /** Address of the installation, without a slash at the end. */
  readonly site: string;
}

/** Rules, and how the brand's server is reached. */
export interface RuleParts {
  readonly rules: Rules;
  readonly hits: Pick<RuleHits, 'counts' | 'agreeing'>;
  /** In the links by which fans say no to offers. */
  readonly tokens: Tokens;
  /** How many fans a rule would have told of lately. @throws Fault overloaded */
  readonly trial: (brand: BrandRecord, rule: Rule) => Promise<number>;
  readonly post: SignedPost;
  /** A fresh random name. */
  readonly id: () => string;
  /** People below which a number is not told. */
  readonly k: number;
}

/** Safety contacts, and the reports under quarantine. */
export interface SafetyParts {
  readonly contacts: SafetyBook;
  readonly quarantines: Quarantines;
  readonly links: SafetyLinks;
  readonly isRecipient: (recipient: string) => boolean;
  readonly backlogOf: (brand: BrandRef) => Backlog;
  /** Is there a mail server? */
  readonly mail: boolean;
  /** Write down what the policies decided up to now. */
  readonly trials: () => Promise<void>;
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
  readonly histories: Histories;
  readonly explore: (brand: BrandRecord, query: ExploreQuery) => Promise<Exploration | ExploreLoading>;
  readonly exports: Exports;
  readonly shares: Shares;
  /** Cookies of those who said the passphrase of a link. */
  readonly shareTokens: Tokens;
  readonly verifyPassphrase: (given: {
    readonly hash: string;
    readonly password: string;
  }) => Promise<boolean>;
  readonly annotations: Annotations;
  readonly latest: Latest;
  readonly recounts: Recounts;
  readonly receipts: Receipts;
  /** Number of the live frame that carries what was just committed. */
  readonly nextSeq: (brand: string) => number;
  readonly demonstration: DemonstrationSwitch;
  readonly telemetry: Telemetry;
  readonly tokens: ApiTokens;
  readonly displays: Displays;
  /** Number of the installation's first organisation. */
  readonly home: number;
  readonly privacy: PrivacyParts;
  readonly staff: StaffParts;
  readonly audit: AuditParts;
  readonly sources: SourceParts;
  readonly alerts: AlertParts;
  readonly bi: BiGateway;
  readonly schedules: ScheduleParts;
  readonly safety: SafetyParts;
  readonly rules: RuleParts;
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
