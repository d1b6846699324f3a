import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { isLocale, type Locale } from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import type { AccountProof } from '../../parts.ts';
import {
  PROOF_COOKIE,
  beginVisit,
  brandOf,
  cookieIn,
  createLimits,
  requireOwnPage,
  setCookie,
  type FanContext,
} from '../fan/entrance.ts';
import { parseJson } from '../items.ts';

/** How long somebody may stay at their network's server, milliseconds. */
const AWAY_MS = 10 * 60_000;

/** What is kept of a proof that is under way, sealed in the browser. */
interface Underway {
  readonly slug: string;
  readonly brand: number;
  readonly locale: Locale;
  readonly kept: string;
  readonly until: number;
}

/** Proving an account by the network's own protocol: there and back. */
export function fanProofRoutes(
  app: FastifyInstance,
  context: FanContext,
  limits: ReturnType<typeof createLimits>,
): void {
  const { fan: parts, clock, publicUrl } = context;
  const backTo = (proof: AccountProof) => `${publicUrl}/api/v1/fan-proofs/${proof.network}`;
  const proofOf = (network: string) => {
    const proof = parts.proofs.find((known) => known.network === network);
    if (!proof) throw new Fault('not_found');
    return proof;
  };

  app.post('/fan/:brand/proofs/:network', async (request, reply) => {
    requireOwnPage(request, context);
    limits.opening(request, reply);
    const brand = brandOf(request, context);
    const proof = proofOf((request.params as { network: string }).network);
    const { server, locale } = readServer(parseJson(request.body));
    const { redirect, kept } = await proof.begin(server, backTo(proof));
    const { body, id } = brand.record;
    const underway: Underway = { slug: body.slug, brand: id, locale, kept, until: clock() + AWAY_MS };
    const sealed = parts.proving.seal(JSON.stringify(underway));
    void setCookie(reply, context, PROOF_COOKIE, sealed, AWAY_MS / 1_000).header('cache-control', 'no-store');
    return { redirect };
  });

  app.get('/fan-proofs/:network', async (request, reply): Promise<void> => {
    limits.opening(request, reply);
    const proof = proofOf((request.params as { network: string }).network);
    const sealed = cookieIn(request.headers.cookie, PROOF_COOKIE);
    const text = sealed === null ? null : parts.proving.open(sealed);
    if (text === null) throw new Fault('link_refused');
    const { slug, brand: id, locale, kept, until } = JSON.parse(text) as Underway;
    const brand = context.brands.find(slug);
    const { code, state } = request.query as Record<string, unknown>;
    const page = `${locale === 'fr' ? '' : `/${locale}`}/fan/${slug}`;
    const answered = typeof code === 'string' && typeof state === 'string' ? { code, state } : null;
    const fan =
      brand?.record.id === id && until > clock() && answered ? await proof.finish(kept, answered) : null;
    void reply.header('referrer-policy', 'no-referrer').header('cache-control', 'no-store');
    if (fan === null) {
      await setCookie(reply, context, PROOF_COOKIE, '', 0).redirect(`${page}?proof=refused`, 303);
      return;
    }
    const evidence = `oauth-${randomBytes(16).toString('base64url')}`;
    void setCookie(reply, context, PROOF_COOKIE, '', 0);
    await beginVisit(reply, context, {
      brand: id,
      network: proof.network,
      fan,
      method: 'oauth',
      evidence,
    }).redirect(page, 303);
  });
}

function readServer(body: unknown): { server: string; locale: Locale } {
  if (typeof body === 'object' && body !== null && 'server' in body && typeof body.server === 'string') {
    const locale = 'locale' in body ? body.locale : 'fr';
    if (!isLocale(locale)) throw new Fault('bad_field', 'locale: is one of fr, en');
    return { server: body.server, locale };
  }
  throw new Fault('bad_field', 'server: is the name of your server');
}
