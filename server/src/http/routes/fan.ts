import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { formatInstant, isLocale, type Locale } from '@fanfare/contract';
import type { ConsentState } from '../../domain/consent.ts';
import { Fault } from '../../domain/fault.ts';
import type { BrandDoor, Held } from '../../parts.ts';
import {
  actOf,
  changeOf,
  readAnswers,
  readWithdrawal,
  requireErasureWord,
  type Change,
} from '../fan/acts.ts';
import type { VisitClaim } from '../fan/claims.ts';
import {
  VISIT_COOKIE,
  brandOf,
  createLimits,
  requireOwnPage,
  setCookie,
  visitOf,
  type FanContext,
} from '../fan/entrance.ts';
import { atOnce, readAtOnce } from '../fan/own-requests.ts';
import { noticeInForce, type ShownNotice } from '../fan/standard-notice.ts';
import { ageOf, inForce, switchesOf } from '../fan/state.ts';
import { ownPartOf, totalsOf } from '../fan/totals.ts';
import { usesOf } from '../fan/uses.ts';
import { parseJson } from '../items.ts';
import { queryOf } from '../query.ts';
import { showHeld } from './rights.ts';

interface Visitor {
  readonly brand: BrandDoor;
  readonly visit: VisitClaim;
  readonly held: Held;
  readonly notice: ShownNotice;
  readonly state: ConsentState;
}

/** A fan's page: what is held, the six switches, receipts, download, erasure. The cookie says whose. */
export function fanRoutes(
  app: FastifyInstance,
  context: FanContext,
  limits: ReturnType<typeof createLimits>,
): void {
  const { clock } = context;

  const visitor = async (request: FastifyRequest, reply: FastifyReply, locale: Locale): Promise<Visitor> => {
    void reply.header('cache-control', 'no-store');
    const brand = brandOf(request, context);
    const visit = visitOf(request, brand, context);
    const [held, notices] = await Promise.all([brand.held(visit.network, visit.fan), brand.notices()]);
    const notice = noticeInForce(notices, locale, brand.record.body.name);
    return { brand, visit, held, notice, state: inForce(held, notices, clock()) };
  };
  /** A write: the page is ours, the address has not asked too often, the cookie is good. */
  const guard = (request: FastifyRequest, reply: FastifyReply): void => {
    requireOwnPage(request, context);
    limits.act(request, reply);
  };

  /** Do something, and say what it did to the fan's own part in the totals. */
  const withEffect = async ({ brand, visit, held, state }: Visitor, act: () => Promise<void>) => {
    const { slug } = brand.record.body;
    const before = ownPartOf(state, held, clock());
    await act();
    const [left, notices] = await Promise.all([brand.held(visit.network, visit.fan), brand.notices()]);
    const after = ownPartOf(inForce(left, notices, clock()), left, clock());
    return { totals: totalsOf(context, slug), yours: { before, after }, seq: context.nextSeq(slug) };
  };

  const record = async (asked: Visitor, change: Change, age: unknown): Promise<void> => {
    if (change.given.length + change.withdrawn.length === 0) return;
    const { brand, visit, held, notice } = asked;
    const act = actOf(change, visit, age ?? ageOf(held) ?? undefined, notice, clock());
    const [fault] = await brand.consent([act]);
    if (!fault) return;
    if (fault.code === 'under_age' || fault.code === 'needs_measure')
      throw new Fault(fault.code, fault.detail);
    throw fault.code === 'unknown_notice'
      ? new Fault('notice_changed')
      : new Fault('bad_field', fault.detail);
  };

  /** Record a change; a withdrawal is a right that is carried out at once. */
  const changed = (asked: Visitor, change: Change, age: unknown) =>
    withEffect(asked, () => {
      const act = () => record(asked, change, age);
      return change.withdrawn.length > 0
        ? atOnce(context, asked.brand, asked.visit, 'withdrawal', act)
        : act();
    });

  app.get('/fan/:brand/state', async (request, reply) => {
    const { brand, visit, held, notice, state } = await visitor(request, reply, localeOf(request));
    if (queryOf(request)['read'] === 'all') await readAtOnce(context, brand, visit, 'access');
    const { slug, name, sector, timeZone, demonstration, contact } = brand.record.body;
    const gpc = isGpc(request);
    return {
      brand: { slug, name, sector, timeZone, demonstration, contact: contact ?? null },
      account: { network: visit.network, fan: visit.fan, name: visit.name ?? null },
      notice,
      gpc,
      age: ageOf(held),
      adultsOnly: sector !== 'general',
      switches: switchesOf(state, held, gpc),
      uses: usesOf(state, held, clock()),
      held: showHeld(held),
      mailable: context.fan.mailer !== null,
      totals: totalsOf(context, slug),
    };
  });

  app.post('/fan/:brand/consent', async (request, reply) => {
    guard(request, reply);
    const answers = readAnswers(parseJson(request.body));
    const asked = await visitor(request, reply, answers.locale);
    const change = changeOf(answers, asked.state);
    if (change.given.length > 0 && asked.notice.version !== answers.version)
      throw new Fault('notice_changed');
    if (change.given.includes('offers') && isGpc(request)) {
      throw new Fault('bad_field', 'purposes.offers: is not asked of a browser that sends Sec-GPC');
    }
    return { ...change, ...(await changed(asked, change, answers.age)) };
  });

  app.post('/fan/:brand/withdraw', async (request, reply) => {
    guard(request, reply);
    const purposes = readWithdrawal(parseJson(request.body));
    const asked = await visitor(request, reply, localeOf(request));
    const change = changeOf({ purposes }, asked.state);
    return { ...change, ...(await changed(asked, change, undefined)) };
  });

  app.post('/fan/:brand/erase', async (request, reply) => {
    guard(request, reply);
    requireErasureWord(parseJson(request.body));
    const asked = await visitor(request, reply, 'fr');
    const { brand, visit } = asked;
    const erase = () => brand.erase(visit.network, visit.fan);
    const effect = await withEffect(asked, () => atOnce(context, brand, visit, 'erasure', erase));
    void setCookie(reply, context, VISIT_COOKIE, '', 0);
    return { confirmation: randomUUID(), ...effect };
  });

  const receiptsOf = ({ brand, visit, held }: Visitor): Promise<string[]> => {
    const { slug, name } = brand.record.body;
    const subject = { brand: slug, brandName: name, network: visit.network, fan: visit.fan };
    return Promise.all(held.records.map((own) => context.receipts.sign(subject, own.record, own.hash)));
  };
  const keys = `${context.publicUrl}/api/v1/receipts/keys.json`;

  app.get('/fan/:brand/receipts', async (request, reply) => ({
    receipts: await receiptsOf(await visitor(request, reply, 'fr')),
    keys,
  }));

  app.get('/fan/:brand/export.json', async (request, reply) => {
    const asked = await visitor(request, reply, 'fr');
    await readAtOnce(context, asked.brand, asked.visit, 'portability');
    const { slug, name } = asked.brand.record.body;
    void reply.header('content-disposition', `attachment; filename="fanfare-${slug}.json"`);
    return {
      brand: { slug, name },
      account: { network: asked.visit.network, fan: asked.visit.fan },
      exportedAt: formatInstant(clock()),
      ...showHeld(asked.held),
      receipts: await receiptsOf(asked),
      keys,
    };
  });
}

/** Global Privacy Control: the browser says that its user wants no sharing of data. */
function isGpc(request: FastifyRequest): boolean {
  return request.headers['sec-gpc'] === '1';
}

function localeOf(request: FastifyRequest): Locale {
  const { locale } = request.query as Record<string, unknown>;
  return isLocale(locale) ? locale : 'fr';
}
