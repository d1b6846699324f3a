import type { FastifyInstance } from 'fastify';
import { Fault } from '../../domain/fault.ts';
import { COOKIE, sessionIn } from '../access.ts';
import { principalOf, type HttpParts } from '../context.ts';
import { parseJson } from '../items.ts';

const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Lax';

/** Signing in with the installation's token; accounts will take this place. */
export function sessionRoutes(app: FastifyInstance, parts: HttpParts, secure: boolean): void {
  const { access } = parts;
  const attributes = secure ? `${ATTRIBUTES}; Secure` : ATTRIBUTES;

  app.get('/session', (request) => ({ signedIn: principalOf(request, access).kind !== 'visitor' }));

  app.post('/session', async (request, reply) => {
    if (!access.isSameOrigin(request.headers)) throw new Fault('bad_origin');
    const body = parseJson(request.body);
    const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined;
    if (typeof token !== 'string' || !access.isAdminToken(token.trim())) throw new Fault('unauthenticated');
    await reply.header('set-cookie', `${COOKIE}=${access.begin()}; ${attributes}`).code(204).send();
  });

  app.delete('/session', async (request, reply) => {
    principalOf(request, access);
    const cookie = sessionIn(request.headers.cookie);
    if (cookie !== null) access.end(cookie);
    await reply.header('set-cookie', `${COOKIE}=; ${attributes}; Max-Age=0`).code(204).send();
  });

  app.get('/session/link/:secret', async (request, reply) => {
    const { secret } = request.params as { secret: string };
    const good = access.useLink(secret);
    if (good) void reply.header('set-cookie', `${COOKIE}=${access.begin()}; ${attributes}`);
    await reply.header('referrer-policy', 'no-referrer').redirect(good ? '/' : '/sign-in?link=used', 303);
  });
}
