import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import { renderSVG } from 'uqr';
import {
  DeviceQuestionSchema,
  DisplayDraftSchema,
  formatInstant,
  isLocale,
  type DeviceCodes,
  type DeviceQuestion,
  type DisplayDraft,
  type OwnDisplay,
  type WaitingDisplay,
} from '@fanfare/contract';
import { deviceOf } from '../../domain/access/device.ts';
import { Guesses } from '../../domain/access/guesses.ts';
import { CODE_MS, POLL_MS, PairingCodes, type Grant } from '../../domain/access/pairing.ts';
import type { Principal } from '../../domain/access/principal.ts';
import { readUserCode, showUserCode } from '../../domain/access/user-code.ts';
import { newWall } from '../../domain/access/wall.ts';
import { Fault } from '../../domain/fault.ts';
import { brandNumbers, organisationFor, principalOf } from '../context.ts';
import { displayKeyIn } from '../display-book.ts';
import { ownBody, setDisplayCookie } from '../display-own.ts';
import { Limiter, callerOf } from '../fan/limiter.ts';
import { notedIn } from '../noted.ts';
import { queryOf } from '../query.ts';
import { readBody } from '../schema.ts';
import type { DisplayContext } from './displays.ts';

const draft = Compile(DisplayDraftSchema);
const question = Compile(DeviceQuestionSchema);
/** Codes one address may ask for in a minute, and questions: an office of televisions behind one address. */
const CODES = 20;
const QUESTIONS = 600;

/** Pairing of televisions after RFC 8628: they ask for a code, a person of the team decides. */
export function pairingRoutes(app: FastifyInstance, context: DisplayContext): void {
  const { access, brands, clock, displays, publicUrl, secure } = context;
  const codes = new PairingCodes(clock, randomBytes);
  const guesses = new Guesses(clock);
  const [asked, polled] = [new Limiter(clock, CODES), new Limiter(clock, QUESTIONS)];

  app.post('/displays/codes', (request, reply): DeviceCodes => {
    limited(request, reply, asked);
    const asker = { browser: deviceOf(request.headers['user-agent']), address: request.ip.slice(0, 64) };
    const { deviceCode, userCode } = codes.begin(asker);
    // A key that is dead would make this browser a stranger everywhere.
    const key = displayKeyIn(request.headers.cookie, secure);
    if (key !== null && !displays.find(key)) void setDisplayCookie(reply, secure, null);
    void reply.header('cache-control', 'no-store');
    const [uri, shown] = [approvalUri(request), showUserCode(userCode)];
    return {
      device_code: deviceCode,
      user_code: shown,
      verification_uri: uri,
      verification_uri_complete: `${uri}?code=${shown}`,
      expires_in: CODE_MS / 1_000,
      interval: POLL_MS / 1_000,
    };
  });

  // Drawn from the address alone: it tells nobody whether the code is good.
  app.get('/displays/codes/:code/qr.svg', async (request, reply): Promise<string> => {
    const code = readUserCode((request.params as { code: string }).code);
    if (code === null) throw new Fault('not_found');
    void reply.type('image/svg+xml').header('cache-control', 'no-store');
    return renderSVG(`${approvalUri(request)}?code=${showUserCode(code)}`, { ecc: 'M', border: 4 });
  });

  app.post('/displays/token', async (request, reply): Promise<OwnDisplay> => {
    if (!access.isSameOrigin(request.headers)) throw new Fault('bad_origin');
    limited(request, reply, polled);
    void reply.header('cache-control', 'no-store');
    const answer = codes.ask(readBody<DeviceQuestion>(request, question).device_code);
    if (typeof answer === 'string') throw new Fault(answer);
    const id = randomBytes(9).toString('base64url');
    try {
      const { kept, key } = await displays.make({ id, ...answer.grant }, randomBytes(32));
      void setDisplayCookie(reply, secure, key);
      return ownBody(kept, brands);
    } catch (fault) {
      answer.undo();
      throw fault;
    }
  });

  app.get('/displays/codes/:code', (request, reply): WaitingDisplay => {
    organisationFor(request, context, 'displays.manage');
    const userCode = guessed(request, reply, (code) => codes.look(code) !== null);
    const { browser, address, until } = codes.look(userCode)!;
    void reply.header('cache-control', 'no-store');
    return { userCode: showUserCode(userCode), browser, address, expiresAt: formatInstant(until) };
  });

  app.post('/displays/codes/:code/approval', async (request, reply): Promise<void> => {
    const organisation = organisationFor(request, context, 'displays.manage');
    const { name, brands: slugs, wall } = readBody<DisplayDraft>(request, draft);
    const numbers = brandNumbers(slugs, organisation, brands);
    const grant: Grant = { organisation, name, brands: numbers, wall: newWall(wall) };
    guessed(request, reply, (code) => codes.decide(code, grant));
    await notedIn(request, context, organisation, 'display.paired', { brands: slugs });
    await reply.code(204).send();
  });

  app.post('/displays/codes/:code/refusal', async (request, reply): Promise<void> => {
    organisationFor(request, context, 'displays.manage');
    guessed(request, reply, (code) => codes.decide(code, 'refused'));
    await reply.code(204).send();
  });

  /** The page of the team, in the language of `?locale=`. */
  function approvalUri(request: FastifyRequest): string {
    const { locale } = queryOf(request);
    const prefix = isLocale(locale) && locale !== 'fr' ? `/${locale}` : '';
    return `${publicUrl}${prefix}/displays/approve`;
  }

  /**
   * The code of the address when `isRight` says so. Wrong ones, of whatever form, are counted for the
   * person and for the address. @throws Fault not_found, too_many_requests
   */
  function guessed(request: FastifyRequest, reply: FastifyReply, isRight: (code: string) => boolean): string {
    const keys = [`who ${guesserOf(principalOf(request, access))}`, `from ${callerOf(request.ip)}`];
    const wait = guesses.wait(keys);
    if (wait > 0) {
      void reply.header('retry-after', wait);
      throw new Fault('too_many_requests');
    }
    const code = readUserCode((request.params as { code: string }).code);
    if (code !== null && isRight(code)) return code;
    guesses.wrong(keys);
    throw new Fault('not_found', 'no display waits under this code');
  }
}

function limited(request: FastifyRequest, reply: FastifyReply, limiter: Limiter): void {
  if (limiter.take(callerOf(request.ip))) return;
  void reply.header('retry-after', 60);
  throw new Fault('too_many_requests');
}

function guesserOf(principal: Principal): string {
  if (principal.kind === 'member') return `member ${principal.user}`;
  return principal.kind === 'token' ? `token ${principal.id}` : principal.kind;
}
