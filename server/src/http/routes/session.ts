import type { FastifyInstance } from 'fastify';
import { ACTIONS, type AuditAction, type AuditDetail, type SessionBody } from '@fanfare/contract';
import { may, mayIn, type Principal } from '../../domain/access/principal.ts';
import { Fault } from '../../domain/fault.ts';
import { sessionIn } from '../access.ts';
import { placeOf, principalOf } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { parseJson } from '../items.ts';
import { notedOf } from '../noted.ts';
import { queryOf } from '../query.ts';

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
    const slug = queryOf(request)['brand'];
    const user = kind === 'member' ? book.user(principal.user) : null;
    void reply.header('cache-control', 'no-store');
    return {
      // A television has a key, but nobody who could sign out.
      signedIn: kind !== 'visitor' && kind !== 'display',
      kind,
      ...(user ? { name: user.name, email: user.email } : {}),
      organisations: [...book.organisations].flatMap(([id, name]) => {
        const allowed = ACTIONS.filter((action) => mayIn(principal, action, id));
        const role = kind === 'member' ? (principal.roles.get(id) ?? null) : null;
        return allowed.length > 0 ? [{ id, name, role, may: allowed }] : [];
      }),
      ...(typeof slug === 'string' ? { brand: aboutBrand(principal, slug) } : {}),
      needsOwner: !book.hasOwner,
    };
  });

  /** For a brand they may not know of, the answer is the one for none. */
  function aboutBrand(principal: Principal, slug: string): NonNullable<SessionBody['brand']> {
    const brand = parts.brands.find(slug);
    const place = brand && placeOf(brand.record);
    const allowed = place ? ACTIONS.filter((action) => may(principal, action, place)) : [];
    const theirs = place && mayIn(principal, 'brand.read', place.organisation);
    return { organisation: theirs ? place.organisation : null, may: allowed };
  }

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
