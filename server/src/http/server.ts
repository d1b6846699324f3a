import { EventEmitter } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import websocket from '@fastify/websocket';
import { fastify, type FastifyInstance } from 'fastify';
import { LIVE_LIMITS } from '@fanfare/contract';
import { Fault } from '../domain/fault.ts';
import type { Pages, ServerParts } from './server-parts.ts';
import { answerUnroutable, handleErrors, sendProblem } from './errors.ts';
import { apiRoutes } from './api.ts';
import { safetyHeaders } from './headers.ts';
import { limitRequests, refuseUnderPressure } from './limits.ts';
import { endSlowBodies } from './slow-bodies.ts';
import { healthRoutes } from './routes/health.ts';
import { answerUnreadable } from './unreadable.ts';
import { isForSockets } from './upgrades.ts';
import { askedAs } from './display-own.ts';

/** Largest JSON body, bytes. */
const MOST_BODY = 1_048_576;
/** How long a line that left HTTP may be silent while nobody has taken it. */
const UNOWNED_MS = 5_000;
const OURS = /^\/(?:api\/|hooks\/|healthz(?:\?|$)|readyz(?:\?|$))/;

/**
 * The one HTTP server of the port: our API through Fastify, everything else to the pages. Upgrades
 * have one owner, which gives all but Socket.IO's path to the raw feed.
 */
export async function createHttpServer(parts: ServerParts): Promise<FastifyInstance> {
  const upgrades = new EventEmitter();
  const app = fastify({
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
  handleErrors(app, parts);
  // No name of ours holds NUL, and PostgreSQL takes none: it is nothing to look for.
  app.addHook('onRequest', (request, _reply, done) => {
    done(request.raw.url?.includes('%00') ? new Fault('not_found') : undefined);
  });
  parsers(app);
  await refuseUnderPressure(app);
  await limitRequests(app, parts.access);
  healthRoutes(app, parts);
  parts.hooks(app);
  noteUse(app, parts);
  await apiRoutes(app, parts);
  await liveRoute(app, parts, upgrades);
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
    if (request.url?.startsWith('/socket.io/')) return;
    // What is refused before the feed knows of it, as for too many requests, is nobody's; the feed takes the limit off.
    socket.setTimeout(UNOWNED_MS, () => socket.destroy());
    socket.once('end', () => socket.end());
    upgrades.emit('upgrade', request, socket, head);
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

/**
 * The raw feed. Its plugin stays in a scope of its own: the hook it adds after an answer would make
 * every other request wait for an event of its response, whose memory then outlives many collections.
 */
async function liveRoute(app: FastifyInstance, parts: ServerParts, upgrades: EventEmitter): Promise<void> {
  await app.register(
    async (api) => {
      // The plugin only listens for upgrades on what it is given: an emitter of its own.
      await api.register(websocket, {
        options: {
          server: upgrades as Server,
          maxPayload: LIVE_LIMITS.messageBytes,
          perMessageDeflate: false,
        },
      });
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
    },
    { prefix: '/api/v1' },
  );
}
