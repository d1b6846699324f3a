import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isLocale, type Locale } from '@fanfare/contract';
import type { ProvenAccount } from '../../domain/fan-page.ts';
import { Fault } from '../../domain/fault.ts';
import type { AccountProof } from '../../parts.ts';
import { readUnderway, writeUnderway, type Underway } from '../fan/underway.ts';
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
/** How long the browser keeps what it brings back, seconds: late, it is refused on a page and not by a problem. */
const COOKIE_SECONDS = 3_600;
/** Longest code or state that is looked at. */
const MOST_ANSWER = 4_096;

/** How a way back ended when it proved nothing. */
type Ending = 'refused' | 'denied' | 'unreachable';

/** Proving an account by the network's own protocol: there and back. */
export function fanProofRoutes(
  app: FastifyInstance,
  context: FanContext,
  limits: ReturnType<typeof createLimits>,
): void {
  const { fan: parts, clock, publicUrl } = context;
  const backTo = (proof: AccountProof) => `${publicUrl}/api/v1/fan-proofs/${proof.network}`;
  const proofOf = (request: FastifyRequest) => {
    const { network } = request.params as { network: string };
    const proof = parts.proofs.find((known) => known.network === network);
    if (!proof) throw new Fault('not_found');
    return proof;
  };

  app.post('/fan/:brand/proofs/:network', async (request, reply) => {
    requireOwnPage(request, context);
    limits.opening(request, reply);
    const brand = brandOf(request, context);
    const proof = proofOf(request);
    const { written, locale } = readBeginning(parseJson(request.body), proof.asks);
    const { redirect, kept } = await proof.begin(written, backTo(proof));
    const { body, id } = brand.record;
    const sealed = parts.proving.seal(
      writeUnderway({
        slug: body.slug,
        brand: id,
        network: proof.network,
        locale,
        kept,
        nonce: randomBytes(16).toString('base64url'),
        until: clock() + AWAY_MS,
      }),
    );
    void setCookie(reply, context, PROOF_COOKIE, sealed, COOKIE_SECONDS).header('cache-control', 'no-store');
    return { redirect };
  });

  app.get('/fan-proofs/:network', async (request, reply): Promise<void> => {
    limits.opening(request, reply);
    const proof = proofOf(request);
    void reply.header('referrer-policy', 'no-referrer').header('cache-control', 'no-store');
    const sealed = cookieIn(request, context, PROOF_COOKIE);
    if (sealed === null && isOtherName(request, publicUrl)) {
      await reply.redirect(publicUrl + request.url, 303);
      return;
    }
    const underway = readUnderway(sealed === null ? null : parts.proving.open(sealed));
    if (underway === null) throw new Fault('link_refused');
    const ended = await end(proof, underway, request.query as Record<string, unknown>);
    const { locale, slug, brand } = underway;
    const page = `${locale === 'fr' ? '' : `/${locale}`}/fan/${slug}`;
    void setCookie(reply, context, PROOF_COOKIE, '', 0);
    if (typeof ended === 'string') {
      await reply.redirect(`${page}?proof=${ended}`, 303);
      return;
    }
    const evidence = `oauth-${randomBytes(16).toString('base64url')}`;
    const { network } = proof;
    await beginVisit(reply, context, { brand, network, ...ended, method: 'oauth', evidence }).redirect(
      page,
      303,
    );
  });

  app.get('/fan-proofs/:network/client-metadata.json', (request, reply) => {
    const proof = proofOf(request);
    const document = proof.describe?.(backTo(proof)) ?? null;
    if (document === null) throw new Fault('not_found');
    return reply.header('cache-control', 'public, max-age=300').send(document);
  });

  const end = async (
    proof: AccountProof,
    { slug, brand: id, network, kept, nonce, until }: Underway,
    query: Record<string, unknown>,
  ): Promise<ProvenAccount | Ending> => {
    const brand = context.brands.find(slug);
    if (brand?.record.id !== id || network !== proof.network || until <= clock()) return 'refused';
    if (!(await parts.pages.use(brand.record, `proof-${nonce}`, until, clock()))) return 'refused';
    if (query['error'] === 'access_denied') return 'denied';
    const { code, state, iss } = query;
    if (!isAnswer(code) || !isAnswer(state)) return 'refused';
    try {
      return (await proof.finish(kept, { code, state, iss: isAnswer(iss) ? iss : null })) ?? 'refused';
    } catch (fault) {
      if (fault instanceof Fault && (fault.code === 'unreachable' || fault.code === 'overloaded'))
        return 'unreachable';
      throw fault;
    }
  };
}

/** On one's own machine some networks send people back to 127.0.0.1 while our cookies are those of localhost. */
function isOtherName(request: FastifyRequest, publicUrl: string): boolean {
  const { hostname, host } = new URL(publicUrl);
  return hostname === 'localhost' && request.host === host.replace('localhost', '127.0.0.1');
}

function isAnswer(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MOST_ANSWER;
}

function readBeginning(body: unknown, asks: AccountProof['asks']): { written: string; locale: Locale } {
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const { locale = 'fr' } = fields;
  if (!isLocale(locale)) throw new Fault('bad_field', 'locale: is one of fr, en');
  const written = asks === null ? '' : fields[asks];
  if (typeof written !== 'string') throw new Fault('bad_field', `${asks}: is a text`);
  return { written, locale };
}
