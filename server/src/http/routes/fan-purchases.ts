import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isLocale } from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import { mailIn } from '../../domain/purchases/order.ts';
import type { BrandDoor } from '../../parts.ts';
import type { VisitClaim } from '../fan/claims.ts';
import { brandOf, createLimits, requireOwnPage, visitOf, type FanContext } from '../fan/entrance.ts';
import { Limiter } from '../fan/limiter.ts';
import { mailProof, readMailClaim, writeMailClaim } from '../fan/mail-proof.ts';
import { parseJson } from '../items.ts';

const HOUR = 3_600_000;
/** Mails to addresses nobody has proved yet: of one fan in an hour. */
const MAILS_AN_HOUR = 5;
const MOST_TOKEN = 2_048;

/** What a fan does about the orders that were linked: prove an address, untie it, say that one is not theirs. */
export function fanPurchaseRoutes(
  app: FastifyInstance,
  context: FanContext,
  limits: ReturnType<typeof createLimits>,
): void {
  const { fan: parts, clock, publicUrl } = context;
  const { kept } = context.sources.purchases;
  const mails = new Limiter(clock, MAILS_AN_HOUR, HOUR);

  /** A write: the page is ours, the address has not asked too often, the cookie is good. */
  const guard = (request: FastifyRequest, reply: FastifyReply): { brand: BrandDoor; visit: VisitClaim } => {
    requireOwnPage(request, context);
    limits.act(request, reply);
    void reply.header('cache-control', 'no-store');
    const brand = brandOf(request, context);
    return { brand, visit: visitOf(request, brand, context) };
  };

  app.post('/fan/:brand/purchases/mails', async (request, reply): Promise<void> => {
    const { brand, visit } = guard(request, reply);
    const { email, locale = 'fr' } = fieldsOf(request, ['email', 'locale']);
    const mail = mailIn(email);
    if (mail === null) throw new Fault('bad_field', 'email: is not an address of mail');
    if (!isLocale(locale)) throw new Fault('bad_field', 'locale: is one of fr, en');
    const { slug, name, demonstration } = brand.record.body;
    // Anybody can open an invented fan's page: nobody gets mail by it.
    if (parts.mailer === null || demonstration) throw new Fault('not_found', 'no mail is sent here');
    if (!mails.take(`${brand.record.id} ${visit.network} ${visit.fan}`)) throw new Fault('too_many_requests');
    const { network, fan } = visit;
    const claim = writeMailClaim({ brand: brand.record.id, network, fan, mail }, clock());
    const path = `${locale === 'fr' ? '' : `/${locale}`}/fan/${slug}?mail=${parts.mails.seal(claim)}`;
    await parts.mailer.send(mailProof(mail, locale, name, publicUrl + path));
    await reply.code(204).send();
  });

  // A POST, and on the page of who asked: neither a mail program nor the owner of a mailbox that
  // somebody else named can tie it.
  app.post('/fan/:brand/purchases/mails/confirm', async (request, reply): Promise<void> => {
    const { brand, visit } = guard(request, reply);
    const { token } = fieldsOf(request, ['token']);
    const sealed = typeof token === 'string' && token.length <= MOST_TOKEN ? token : '';
    const claim = readMailClaim(parts.mails.open(sealed), clock());
    const isTheirs = claim?.brand === brand.record.id && claim.network === visit.network;
    if (!isTheirs || claim.fan !== visit.fan) throw new Fault('link_refused');
    if (!(await kept.prove(brand.record, visit, claim.mail, clock())))
      throw new Fault('bad_field', 'purposes: purchases is not agreed to, or five addresses are linked');
    await reply.code(204).send();
  });

  app.post('/fan/:brand/purchases/mails/untie', async (request, reply): Promise<void> => {
    const { brand, visit } = guard(request, reply);
    if (!(await kept.untie(brand.record, visit, nameIn(request, 'mail')))) throw new Fault('not_found');
    await reply.code(204).send();
  });

  app.post('/fan/:brand/purchases/disown', async (request, reply): Promise<void> => {
    const { brand, visit } = guard(request, reply);
    if (!(await kept.disown(brand.record, visit, nameIn(request, 'order'), clock())))
      throw new Fault('not_found');
    await reply.code(204).send();
  });
}

/** The fields of a body, and no others. @throws Fault */
function fieldsOf(request: FastifyRequest, names: readonly string[]): Readonly<Record<string, unknown>> {
  const body = parseJson(request.body);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Fault('bad_field', 'the body is a JSON object');
  const [unknown] = Object.keys(body).filter((name) => !names.includes(name));
  if (unknown !== undefined) throw new Fault('unknown_field', `${unknown.slice(0, 40)} is not a field here`);
  return body as Record<string, unknown>;
}

/** A keyed hash of the list that the page shows. @throws Fault */
function nameIn(request: FastifyRequest, name: string): string {
  const value = fieldsOf(request, [name])[name];
  if (typeof value === 'string' && /^[0-9a-f]{32}$/.test(value)) return value;
  throw new Fault('bad_field', `${name}: is one of the list`);
}
