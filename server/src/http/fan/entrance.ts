import type { FastifyReply, FastifyRequest } from 'fastify';
import { Fault } from '../../domain/fault.ts';
import type { AccountProof, BrandDoor, Clock, FanPages, Mailer, Tokens } from '../../parts.ts';
import { cookieName } from '../cookie.ts';
import { slugOf } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { readVisit, writeVisit, type VisitClaim } from './claims.ts';
import { Limiter, callerOf } from './limiter.ts';

/** What fan pages need of the rest of the server. */
export interface FanParts {
  readonly links: Tokens;
  readonly visits: Tokens;
  readonly proving: Tokens;
  /** In the links by which an address of mail is proved. */
  readonly mails: Tokens;
  readonly pages: FanPages;
  /** `null` when no mail server is set. */
  readonly mailer: Mailer | null;
  readonly proofs: readonly AccountProof[];
  /** People below which a number is hidden. */
  readonly k: number;
}

/** All that the routes of fan pages share. */
export interface FanContext extends HttpParts {
  readonly fan: FanParts;
  /** Address people use, without a slash at the end. */
  readonly publicUrl: string;
  /** True behind https. */
  readonly secure: boolean;
}

export const VISIT_COOKIE = 'fanfare_fan';
export const PROOF_COOKIE = 'fanfare_proof';
const VISIT_MS = 30 * 60_000;
/** Openings of a page, and acts on it, one address may try in a minute. */
const OPENINGS = 10;
const ACTS = 30;

/** Two allowances per address: for opening fan pages, and for what is done on them. */
export function createLimits(clock: Clock): {
  opening: (request: FastifyRequest, reply: FastifyReply) => void;
  act: (request: FastifyRequest, reply: FastifyReply) => void;
} {
  const guard = (limiter: Limiter) => (request: FastifyRequest, reply: FastifyReply) => {
    if (limiter.take(callerOf(request.ip))) return;
    void reply.header('retry-after', 60);
    throw new Fault('too_many_requests');
  };
  return { opening: guard(new Limiter(clock, OPENINGS)), act: guard(new Limiter(clock, ACTS)) };
}

/** The brand of the address: that it exists is no secret. @throws Fault unavailable, unknown_brand */
export function brandOf(request: FastifyRequest, { isOpen, brands }: HttpParts): BrandDoor {
  if (!isOpen()) throw new Fault('unavailable');
  const brand = brands.find(slugOf(request));
  if (!brand) throw new Fault('unknown_brand');
  return brand;
}

/** Refuse a form of another site. @throws Fault bad_origin */
export function requireOwnPage(request: FastifyRequest, { access }: HttpParts): void {
  if (!access.isSameOrigin(request.headers)) throw new Fault('bad_origin');
}

/** The fan whose page is open in this browser. @throws Fault unauthenticated */
export function visitOf(request: FastifyRequest, brand: BrandDoor, context: FanContext): VisitClaim {
  const sealed = cookieIn(request, context, VISIT_COOKIE);
  const claim = sealed === null ? null : context.fan.visits.open(sealed);
  const visit = readVisit(claim, brand.record.id, context.clock());
  if (!visit) throw new Fault('unauthenticated', 'open the page by its link again');
  return visit;
}

/** Open a fan's page in this browser for half an hour. */
export function beginVisit(
  reply: FastifyReply,
  context: FanContext,
  claim: Omit<VisitClaim, 'until'>,
): FastifyReply {
  const sealed = context.fan.visits.seal(writeVisit({ ...claim, until: context.clock() + VISIT_MS }));
  return setCookie(reply, context, VISIT_COOKIE, sealed, VISIT_MS / 1_000);
}

/** Set one of our cookies; an age of 0 seconds removes it. */
export function setCookie(
  reply: FastifyReply,
  { secure }: FanContext,
  name: string,
  value: string,
  seconds: number,
): FastifyReply {
  const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure ? '; Secure' : ''}`;
  return reply.header('set-cookie', `${cookieName(name, secure)}=${value}; ${attributes}`);
}

/** One of our cookies, as a request brings it. */
export function cookieIn({ headers }: FastifyRequest, { secure }: FanContext, name: string): string | null {
  const full = cookieName(name, secure);
  for (const part of headers.cookie?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === full) return part.slice(at + 1).trim();
  }
  return null;
}
