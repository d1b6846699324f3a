import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { formatInstant, isFault, isLocale, parseFan, type Locale } from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import { brandFor } from '../context.ts';
import { readLink, writeLink } from '../fan/claims.ts';
import {
  VISIT_COOKIE,
  beginVisit,
  brandOf,
  createLimits,
  requireOwnPage,
  setCookie,
  type FanContext,
} from '../fan/entrance.ts';
import { LINK_DAYS, invitation } from '../fan/invitation.ts';
import { parseJson } from '../items.ts';
import { noted } from '../noted.ts';

const DAY = 86_400_000;

type Limits = ReturnType<typeof createLimits>;

/** Ways into a fan's page: an invitation, its one use, an invented fan of the demonstration. */
export function fanEntranceRoutes(app: FastifyInstance, context: FanContext, limits: Limits): void {
  const { fan: parts, clock } = context;

  app.post('/brands/:brand/fans/invite', async (request, reply) => {
    const brand = brandFor(request, context, 'invitations.send');
    const { network, fan, email, locale } = readInvitation(parseJson(request.body));
    const { slug, name } = brand.record.body;
    const until = clock() + LINK_DAYS * DAY;
    const nonce = randomBytes(16).toString('base64url');
    const claim = writeLink({ brand: brand.record.id, network, fan, locale, until, nonce });
    const path = `${locale === 'fr' ? '' : `/${locale}`}/fan/${slug}?link=${parts.links.seal(claim)}`;
    const link = context.publicUrl + path;
    const sent = email !== undefined && parts.mailer !== null;
    if (sent) await parts.mailer.send(invitation(email, locale, name, link));
    await noted(request, context, brand.record, 'fan.invited', { network, mailed: sent });
    void reply.code(201).header('cache-control', 'no-store');
    return { sent, expiresAt: formatInstant(until), ...(sent ? {} : { link }) };
  });

  // A POST: the programs that open every link of a mail must not use it up.
  app.post('/fan/:brand/session', async (request, reply): Promise<void> => {
    requireOwnPage(request, context);
    limits.opening(request, reply);
    if (!context.isOpen()) throw new Fault('unavailable');
    const { brand: slug } = request.params as { brand: string };
    const brand = context.brands.find(slug);
    const body = parseJson(request.body);
    const sealed = textIn(body, 'link');
    const link = brand && sealed ? readLink(parts.links.open(sealed), brand.record.id, clock()) : null;
    if (!brand || !link) throw new Fault('link_refused');
    const { network, fan, nonce, until } = link;
    if (!(await parts.pages.use(brand.record, nonce, until, clock()))) throw new Fault('link_refused');
    const claim = {
      brand: brand.record.id,
      network,
      fan,
      method: 'form',
      evidence: `link-${nonce}`,
    } as const;
    await beginVisit(reply, context, claim).code(204).send();
  });

  app.delete('/fan/:brand/session', async (request, reply): Promise<void> => {
    requireOwnPage(request, context);
    await setCookie(reply, context, VISIT_COOKIE, '', 0).code(204).send();
  });

  app.post('/fan/:brand/demonstration', async (request, reply): Promise<void> => {
    requireOwnPage(request, context);
    limits.opening(request, reply);
    const brand = brandOf(request, context);
    const someone = brand.record.body.demonstration ? await context.demonstration.someone() : null;
    if (!someone) throw new Fault('not_found');
    const claim = { brand: brand.record.id, ...someone, method: 'form', evidence: 'demonstration' } as const;
    await beginVisit(reply, context, claim).code(204).send();
  });
}

function readInvitation(body: unknown) {
  if (typeof body !== 'object' || body === null) throw new Fault('bad_field', 'the body is a JSON object');
  const { email, locale = 'fr', ...rest } = body as Record<string, unknown>;
  const fan = parseFan(rest);
  if (isFault(fan)) throw new Fault(fan.code === 'unknown_field' ? 'unknown_field' : 'bad_field', fan.detail);
  if (fan.purposes) throw new Fault('unknown_field', 'purposes is not a field here');
  if (!isLocale(locale)) throw new Fault('bad_field', 'locale: is one of fr, en');
  if (email !== undefined && !isAddress(email))
    throw new Fault('bad_field', 'email: is not an address of mail');
  const { network, fan: id } = fan;
  const chosen: Locale = locale;
  return { network, fan: id, email, locale: chosen };
}

function isAddress(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= 254 &&
    /^[^\s<>"(),:;@[\]\\]{1,64}@[a-z0-9.-]+\.[a-z0-9-]{2,}$/i.test(value)
  );
}

/** A text of a JSON object, of a length that a link can have. */
function textIn(body: unknown, name: string): string | null {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return null;
  const value = (body as Record<string, unknown>)[name];
  return typeof value === 'string' && value.length <= 2_048 ? value : null;
}
