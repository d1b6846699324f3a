import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Fault } from '../domain/fault.ts';
import type { Clock } from '../parts.ts';
import type { Door } from './door.ts';

/** Largest delivery, bytes: a thousand changes with texts. */
const MOST_BODY = 4 * 1_048_576;
/** Bytes of deliveries that may be on their way at once. */
const MOST_READING = 64 * 1_048_576;

export interface HookParts {
  readonly door: Door;
  readonly clock: Clock;
  readonly isOpen: () => boolean;
  /** Address people use, without a slash at the end. */
  readonly publicUrl: string;
}

/**
 * `/hooks/:source` for all connectors: the body stays bytes until its signature is checked, an
 * unknown address is refused before any of it is read, and 2xx means committed.
 */
export function hookRoutes(app: FastifyInstance, { door, clock, isOpen, publicUrl }: HookParts): void {
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BODY }, (_request, body, next) =>
      next(null, body),
    );
    boundReading(scope, door, isOpen);

    scope.get('/hooks/:source', async (request, reply) => {
      const { type, body } = door.confirm(addressOf(request), request.query as Record<string, unknown>);
      await reply.type(type).send(body);
    });
    scope.post('/hooks/:source', async (request, reply) => {
      const headers = headersOf(request);
      await door.receive(addressOf(request), { headers, body: bodyOf(request), receivedAt: clock() });
      await reply.code(200).send();
    });
    scope.post('/hooks/:source/deauthorize', async (request, reply) => {
      await door.callback(addressOf(request), formOf(request), false);
      await reply.code(200).send();
    });
    scope.post('/hooks/:source/deletion', async (request) => {
      const code = await door.callback(addressOf(request), formOf(request), true);
      return { url: `${publicUrl}/deletion/${code}`, confirmation_code: code };
    });
    done();
  });
}

/** Refuse strangers and floods by their headers alone. */
function boundReading(scope: FastifyInstance, door: Door, isOpen: () => boolean): void {
  let reading = 0;
  scope.addHook('onRequest', (request, reply, next) => {
    if (!isOpen()) return next(new Fault('unavailable'));
    let source;
    try {
      ({ source } = door.at(addressOf(request)));
    } catch (fault) {
      return next(fault as Fault);
    }
    if (request.method !== 'POST') return next();
    const told = Number(request.headers['content-length'] ?? MOST_BODY);
    if (told > MOST_BODY) {
      door.failed(source, 'too_large');
      return next(new Fault('too_large'));
    }
    if (reading + told > MOST_READING) return next(new Fault('overloaded'));
    reading += told;
    reply.raw.once('close', () => (reading -= told));
    next();
  });
}

function addressOf(request: FastifyRequest): string {
  const { source } = request.params as { source?: string };
  return source ?? '';
}

function bodyOf({ body }: FastifyRequest): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

function formOf(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(bodyOf(request).toString());
}

function headersOf({ headers }: FastifyRequest): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
  );
}
