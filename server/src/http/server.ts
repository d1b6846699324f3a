import { EventEmitter } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import websocket from '@fastify/websocket';
import { LogController, fastify, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import { LIVE_LIMITS } from '@fanfare/contract';
import { Fault } from '../domain/fault.ts';
import type { HttpParts } from './context.ts';
import { createLimits, type FanParts } from './fan/entrance.ts';
import { answerUnroutable, handleErrors, sendProblem } from './errors.ts';
import { Attempts } from './accounts/attempts.ts';
import { authRoutes } from './routes/auth.ts';
import { auditRoutes } from './routes/audit.ts';
import { safetyHeaders } from './headers.ts';
import { limitRequests, refuseUnderPressure } from './limits.ts';
import { endSlowBodies } from './slow-bodies.ts';
import { biRoutes } from './routes/bi.ts';
import { boardRoutes } from './routes/boards.ts';
import { brandProofRoutes } from './routes/brand-proof.ts';
import { brandRoutes } from './routes/brands.ts';
import { companyRoutes } from './routes/company.ts';
import { consentRoutes } from './routes/consents.ts';
import { docsRoutes } from './routes/docs.ts';
import { demonstrationRoutes } from './routes/demonstration.ts';
import { eventRoutes } from './routes/events.ts';
import { exportRoutes } from './routes/exports.ts';
import { fanEntranceRoutes } from './routes/fan-entrance.ts';
import { fanProofRoutes } from './routes/fan-proof.ts';
import { fanRequestRoutes } from './routes/fan-requests.ts';
import { fanRoutes } from './routes/fan.ts';
import { figureRoutes } from './routes/figures.ts';
import { healthRoutes } from './routes/health.ts';
import { historyRoutes } from './routes/history.ts';
import { influenceRoutes } from './routes/influence.ts';
import { loyaltyRoutes } from './routes/loyalty.ts';
import { peopleRoutes } from './routes/people.ts';
import { recountRoutes } from './routes/recount.ts';
import { mailRoutes } from './routes/mails.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { noticeRoutes } from './routes/notices.ts';
import { rightsRequestRoutes } from './routes/rights-requests.ts';
import { rightsRoutes } from './routes/rights.ts';
import { deletionRoutes } from './routes/deletions.ts';
import { sessionRoutes } from './routes/session.ts';
import { oneSnapshotRoutes } from './routes/snapshot.ts';
import { sharedRoutes } from './routes/shared.ts';
import { shareRoutes } from './routes/shares.ts';
import { sourceRoutes } from './routes/sources.ts';
import { snapshotRoutes } from './routes/snapshots.ts';
import { televisionRoutes } from './routes/televisions.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { trustQrRoutes } from './routes/trust-qr.ts';
import { trustRoutes } from './routes/trust.ts';
import { voiceRoutes } from './routes/voice.ts';
import { answerUnreadable } from './unreadable.ts';
import { isForSockets } from './upgrades.ts';
import { askedAs } from './display-own.ts';

/** Pages of the web application. */
export type Pages = (request: IncomingMessage, response: ServerResponse) => void;

export interface ServerParts extends HttpParts {
  readonly logger: FastifyBaseLogger;
  readonly fan: FanParts;
  /** Address people use, without a slash at the end. */
  readonly publicUrl: string;
  /** Told of every route that is registered. */
  readonly onRoute: (method: string, path: string) => void;
  /** Networks of the proxies in front; from anybody else X-Forwarded-For says nothing. */
  readonly trustedProxies: readonly string[];
  /** True behind https: cookies are marked Secure. */
  readonly secure: boolean;
  readonly pages: Pages | null;
  /** Registers the addresses that networks send to. */
  readonly hooks: (app: FastifyInstance) => void;
  readonly isAway: (fault: unknown) => boolean;
  /** A raw WebSocket of `/api/v1/live`; must attach its listeners at once. */
  readonly accept: (
    ws: WebSocket,
    socket: Socket,
    headers: IncomingMessage['headers'],
    address: string,
  ) => void;
  /** May this upgrade go on? Otherwise it is answered 401 or 403. */
  readonly checkUpgrade: (headers: IncomingMessage['headers']) => 'yes' | 'unauthenticated' | 'bad_origin';
}

/** Largest JSON body, bytes. */
const MOST_BODY = 1_048_576;
const OURS = /^\/(?:api\/|hooks\/|healthz(?:\?|$)|readyz(?:\?|$))/;

/**
 * The one HTTP server of the port: our API through Fastify, everything else to the pages. Upgrades
 * have one owner, which gives all but Socket.IO's path to the raw feed.
 */
export async function createHttpServer(parts: ServerParts): Promise<FastifyInstance> {
  const upgrades = new EventEmitter();
  const app = fastify({
    loggerInstance: parts.logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: parts.trustedProxies.length > 0 ? [...parts.trustedProxies] : false,
    bodyLimit: MOST_BODY,
    requestTimeout: 0,
    connectionTimeout: 0,
    routerOptions: { maxParamLength: 128 },
    forceCloseConnections: true,
    frameworkErrors: (error, _request, reply) => answerUnroutable(error, reply),
    clientErrorHandler: (error, socket) => answerUnreadable(error, socket),
    serverFactory: (handler) => dispatching(handler, parts.pages, upgrades, parts.secure),
  });
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD') parts.onRoute(one, url);
  });
  handleErrors(app, parts.isAway, () => parts.database().since);
  // No name of ours holds NUL, and PostgreSQL takes none: it is nothing to look for.
  app.addHook('onRequest', (request, _reply, done) => {
    done(request.raw.url?.includes('%00') ? new Fault('not_found') : undefined);
  });
  parsers(app);
  // The plugin only listens for upgrades on what it is given: an emitter of its own.
  await app.register(websocket, {
    options: { server: upgrades as Server, maxPayload: LIVE_LIMITS.messageBytes, perMessageDeflate: false },
  });
  await refuseUnderPressure(app);
  await limitRequests(app, parts.access);
  healthRoutes(app, parts);
  parts.hooks(app);
  const limits = createLimits(parts.clock);
  const attempts = new Attempts(parts.clock);
  noteUse(app, parts);
  await app.register(
    (api, _options, done) => {
      brandRoutes(api, parts);
      eventRoutes(api, parts);
      consentRoutes(api, parts);
      noticeRoutes(api, parts);
      rightsRoutes(api, parts);
      rightsRequestRoutes(api, parts);
      brandProofRoutes(api, parts);
      fanEntranceRoutes(api, parts, limits);
      fanProofRoutes(api, parts, limits);
      fanRoutes(api, parts, limits);
      fanRequestRoutes(api, parts, limits);
      trustRoutes(api, parts);
      trustQrRoutes(api, parts);
      figureRoutes(api, parts);
      boardRoutes(api, parts);
      historyRoutes(api, parts);
      biRoutes(api, parts);
      influenceRoutes(api, parts);
      loyaltyRoutes(api, parts);
      snapshotRoutes(api, parts);
      oneSnapshotRoutes(api, parts);
      exportRoutes(api, parts);
      shareRoutes(api, parts);
      sharedRoutes(api, parts);
      voiceRoutes(api, parts);
      recountRoutes(api, parts);
      demonstrationRoutes(api, parts);
      mailRoutes(api, parts);
      auditRoutes(api, parts);
      sourceRoutes(api, parts);
      deletionRoutes(api, parts);
      tokenRoutes(api, parts);
      televisionRoutes(api, parts);
      metricsRoutes(api, parts);
      docsRoutes(api, parts.publicUrl);
      sessionRoutes(api, parts, parts.secure);
      peopleRoutes(api, parts, attempts);
      liveRoute(api, parts);
      done();
    },
    { prefix: '/api/v1' },
  );
  await app.register(
    (api, _options, done) => {
      authRoutes(api, parts, attempts);
      companyRoutes(api, parts, attempts, parts.secure);
      done();
    },
    { prefix: '/api/auth' },
  );
  return app;
}

/** What somebody asks for keeps their sign-in from resting; a socket that is merely open does not. */
function noteUse(app: FastifyInstance, { staff, clock }: ServerParts): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const session = staff.book.sessionOf(request.headers);
    if (session && staff.book.use(session)) staff.tables.use(session.id, clock()).catch(() => undefined);
    done();
  });
}

function dispatching(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  pages: Pages | null,
  upgrades: EventEmitter,
  secure: boolean,
): Server {
  const protect = safetyHeaders(secure);
  const server = createServer(
    {
      headersTimeout: 20_000,
      requestTimeout: 0,
      keepAliveTimeout: 72_000,
      shouldUpgradeCallback: isForSockets,
    },
    (request, response) => {
      const path = request.url ?? '';
      const isApi = OURS.test(path);
      protect(path, isApi, response);
      watch(request);
      if (pages && !isApi) pages(request, response);
      else handler(request, response);
    },
  );
  const watch = endSlowBodies(server);
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (!request.url?.startsWith('/socket.io/')) upgrades.emit('upgrade', request, socket, head);
  });
  return server;
}

/** Bodies stay bytes: JSON is parsed where its faults can be named, NDJSON is streamed. */
function parsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  app.addContentTypeParser(/^application\/(?:x-)?ndjson(?:\s*;|$)/, (_request, payload, done) =>
    done(null, payload),
  );
}

function liveRoute(api: FastifyInstance, parts: ServerParts): void {
  api.get(
    '/live',
    {
      websocket: true,
      preValidation: async (request, reply) => {
        const allowed = parts.checkUpgrade(askedAs(request));
        if (allowed !== 'yes')
          await sendProblem(reply, allowed, 'a token, or a page of this site, is needed');
      },
    },
    (ws, request) => parts.accept(ws, request.raw.socket, askedAs(request), request.ip),
  );
}
