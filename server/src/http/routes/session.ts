import type { FastifyInstance } from 'fastify';
import type { AuditAction, AuditDetail, SessionBody } from '@fanfare/contract';
import { ACTIONS } from '../../domain/access/matrix.ts';
import { mayIn } from '../../domain/access/principal.ts';
import { Fault } from '../../domain/fault.ts';
import { sessionIn } from '../access.ts';
import { principalOf, type HttpParts } from '../context.ts';
import { parseJson } from '../items.ts';
import { notedOf } from '../noted.ts';

const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Lax';

/** Who asks, signing in with the installation's token or its printed link, and signing out. */
export function sessionRoutes(app: FastifyInstance, parts: HttpParts, secure: boolean): void {
  const { access, staff } = parts;
  const { book } = staff;
  // Whoever has the installation's token or link is the installation, in its first organisation.
  const note = (action: AuditAction, detail: AuditDetail = {}) => {
    const actor = { kind: 'root', id: null } as const;
    return parts.audit.log.add({ organisation: book.home, actor, action, brand: null, detail });
  };
  const COOKIE = access.cookie;
  const attributes = secure ? `${ATTRIBUTES}; Secure` : ATTRIBUTES;

  app.get('/session', (request, reply): SessionBody => {
    const principal = principalOf(request, access);
    const { kind } = principal;
    const user = kind === 'member' ? book.user(principal.user) : null;
    void reply.header('cache-control', 'no-store');
    return {
      // A television has a key, but nobody who could sign out.
      signedIn: kind !== 'visitor' && kind !== 'display',
      kind,
      ...(user ? { name: user.name, email: user.email } : {}),
      organisations: [...book.organisations].flatMap(([id, name]) => {
        const may = ACTIONS.filter((action) => mayIn(principal, action, id));
        const role = kind === 'member' ? (principal.roles.get(id) ?? null) : null;
        return may.length > 0 ? [{ id, name, role, may }] : [];
      }),
      needsOwner: !book.hasOwner,
    };
  });

  app.post('/session', async (request, reply) => {
    if (!access.isSameOrigin(request.headers)) throw new Fault('bad_origin');
    const body = parseJson(request.body);
    const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined;
    if (typeof token !== 'string' || !access.isAdminToken(token.trim())) throw new Fault('unauthenticated');
    await note('session.begun', { way: 'token' });
    await reply.header('set-cookie', `${COOKIE}=${access.begin()}; ${attributes}`).code(204).send();
  });

  app.delete('/session', async (request, reply) => {
    principalOf(request, access);
    const cookie = sessionIn(request.headers.cookie, COOKIE);
    if (cookie !== null && access.isOpen(cookie)) {
      access.end(cookie);
      await note('session.ended');
    }
    const session = book.sessionOf(request.headers);
    if (session) {
      book.removeSession(session.id);
      await staff.tables.endSession(session.id);
      await notedOf(session.user, parts, 'session.ended');
    }
    for (const name of [COOKIE, book.cookie])
      void reply.header('set-cookie', `${name}=; ${attributes}; Max-Age=0`);
    await reply.code(204).send();
  });

  app.get('/session/link/:secret', async (request, reply) => {
    const { secret } = request.params as { secret: string };
    const good = !book.hasOwner && access.useLink(secret);
    if (good) await note('session.begun', { way: 'link' });
    if (good) void reply.header('set-cookie', `${COOKIE}=${access.begin()}; ${attributes}`);
    await reply
      .header('referrer-policy', 'no-referrer')
      .redirect(good ? '/set-up' : '/sign-in?link=used', 303);
  });
}
