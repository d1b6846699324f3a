import { getHeapStatistics } from 'node:v8';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Fault } from '../domain/fault.ts';
import type { Principal } from '../domain/access/principal.ts';
import type { Access } from './access.ts';
import { callerOf } from './fan/limiter.ts';
import { watchLoop } from './loop-delay.ts';

/** Requests a minute: of a visitor's address, and of whoever has signed in or shows a token. */
export const REQUESTS = { visitor: 600, known: 1_200, tight: 20 } as const;
/** Callers remembered at once. */
const MOST_CALLERS = 10_000;
/** Writes with which one could guess or flood: sign-ins, links, tokens, invitations. */
const TIGHT =
  /^(?:(?:POST|DELETE) \/api\/v1\/(?:session|tokens(?:\/:id)?|brands\/:brand\/fans\/invite)|GET \/api\/v1\/session\/link\/:secret)$/;

/** Beyond this the server says that it is busy instead of taking more. */
export interface Pressure {
  /** Mean delay of the event loop, for two seconds in a row, milliseconds. */
  readonly delayMs: number;
  readonly heapBytes: number;
}
const PRESSURE: Pressure = { delayMs: 2_000, heapBytes: getHeapStatistics().heap_size_limit * 0.9 };

/**
 * At most so many requests a minute for each caller, 429 beyond. What takes part in ingest is never
 * counted: its queues are bounded where they are.
 */
export async function limitRequests(app: FastifyInstance, access: Access): Promise<void> {
  await app.register(rateLimit, { global: false, cache: MOST_CALLERS });
  const limiter = (visitor: number, known: number) =>
    app.createRateLimit({
      timeWindow: 60_000,
      max: (_request, key) => (key.startsWith('address ') ? visitor : known),
      keyGenerator: (request) => keyOf(request, access.identify(request.headers)),
    });
  const [usual, tight] = [limiter(REQUESTS.visitor, REQUESTS.known), limiter(REQUESTS.tight, REQUESTS.tight)];

  app.addHook('onRequest', (request, reply, done) => {
    if (request.headers.authorization !== undefined && isUncounted(access.identify(request.headers)))
      return done();
    const { method, url } = request.routeOptions;
    // What networks send is told from strangers by its address, and bounded where it is read.
    if (url === '/healthz' || url === '/readyz' || url?.startsWith('/hooks/')) return done();
    const limit = TIGHT.test(`${String(method)} ${url}`) ? tight : usual;
    limit(request).then((found) => {
      if (found.isAllowed || !found.isExceeded) return done();
      void reply.header('retry-after', Math.max(1, found.ttlInSeconds));
      done(new Fault('too_many_requests'));
    }, done);
  });
}

/**
 * While the process cannot keep up, whoever asks is told to come back; its health stays visible. The
 * delay is measured here: the plugin takes a second without a measure, as after a long pause, for endless.
 */
export async function refuseUnderPressure(app: FastifyInstance, pressure = PRESSURE): Promise<void> {
  const { delay, stop } = watchLoop();
  app.addHook('onClose', (_app, done) => {
    stop();
    done();
  });
  app.addHook('onRequest', (request, _reply, done) => {
    done(delay.ms > pressure.delayMs && !isHealth(request) ? new Fault('overloaded') : undefined);
  });
  await app.register(underPressure, {
    maxHeapUsedBytes: pressure.heapBytes,
    pressureHandler: (request) => (isHealth(request) ? undefined : Promise.reject(new Fault('overloaded'))),
  });
}

function isHealth(request: FastifyRequest): boolean {
  return /^\/(?:healthz|readyz|api\/v1\/metrics)$/.test(request.routeOptions.url ?? '');
}

function isUncounted(principal: Principal | null): boolean {
  if (principal?.kind === 'root') return true;
  return (
    principal?.kind === 'token' && principal.scopes.some((scope) => scope === 'ingest' || scope === 'admin')
  );
}

/** A wrong token is nobody, and its requests those of the address. */
function keyOf(request: FastifyRequest, principal: Principal | null): string {
  if (principal?.kind === 'member') return `member ${principal.user}`;
  if (principal?.kind === 'token' || principal?.kind === 'display')
    return `${principal.kind} ${principal.id}`;
  return `address ${callerOf(request.ip)}`;
}
