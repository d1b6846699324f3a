import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Compile } from 'typebox/compile';
import {
  DisplayChangeSchema,
  formatInstant,
  type DisplayBody,
  type DisplayChange,
  type OwnDisplay,
} from '@fanfare/contract';
import { SILENCE_MS, type Display } from '../../domain/access/display.ts';
import { Fault } from '../../domain/fault.ts';
import type { Directory } from '../../parts.ts';
import { brandNumbers, organisationFor, type HttpParts } from '../context.ts';
import { displayCookie, displayKeyIn } from '../display-book.ts';
import { notedIn } from '../noted.ts';
import { readBody } from '../schema.ts';

const change = Compile(DisplayChangeSchema);

/** What displays need of the rest of the server. */
export interface DisplayContext extends HttpParts {
  /** Address people use, without a slash at the end. */
  readonly publicUrl: string;
  /** True behind https. */
  readonly secure: boolean;
}

/** Paired televisions: listed, changed, ended by the team; what one asks about itself. */
export function displayRoutes(app: FastifyInstance, context: DisplayContext): void {
  const { displays, brands, access, secure } = context;

  app.get('/displays', (request, reply): readonly DisplayBody[] => {
    const organisation = organisationFor(request, context, 'displays.manage');
    void reply.header('cache-control', 'no-store');
    return displays.list(organisation).map((display) => bodyOf(display, brands));
  });

  app.patch('/displays/:id', async (request): Promise<DisplayBody> => {
    const organisation = organisationFor(request, context, 'displays.manage');
    const { name, brands: slugs } = readBody<DisplayChange>(request, change);
    const { id } = request.params as { id: string };
    const changed = await displays.change(organisation, id, {
      ...(name === undefined ? {} : { name }),
      ...(slugs ? { brands: brandNumbers(slugs, organisation, brands) } : {}),
    });
    if (!changed) throw new Fault('not_found', 'there is no such display');
    return bodyOf(changed, brands);
  });

  app.delete('/displays/:id', async (request, reply): Promise<void> => {
    const organisation = organisationFor(request, context, 'displays.manage');
    const { id } = request.params as { id: string };
    if (!(await displays.revoke(organisation, id))) throw new Fault('not_found', 'there is no such display');
    await notedIn(request, context, organisation, 'display.revoked', { display: id });
    await reply.code(204).send();
  });

  app.get('/displays/own', (request, reply): OwnDisplay => {
    const key = displayKeyIn(request.headers.cookie, secure);
    const display = key === null ? null : displays.find(key);
    if (!display) throw new Fault('unauthenticated', 'this is no paired display');
    void reply.header('cache-control', 'no-store');
    return ownBody(display, brands);
  });

  app.post('/displays/renew', async (request, reply): Promise<{ readonly rotated: boolean }> => {
    if (!access.isSameOrigin(request.headers)) throw new Fault('bad_origin');
    const key = displayKeyIn(request.headers.cookie, secure);
    const renewed = key === null ? null : await displays.renew(key, randomBytes(32));
    if (!renewed) throw new Fault('unauthenticated', 'this is no paired display');
    void setDisplayCookie(reply, secure, renewed.key).header('cache-control', 'no-store');
    return { rotated: renewed.rotated };
  });
}

/** Give a browser a display's key; `null` takes it away. */
export function setDisplayCookie(reply: FastifyReply, secure: boolean, key: string | null): FastifyReply {
  const age = key === null ? 0 : SILENCE_MS / 1_000;
  const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${secure ? '; Secure' : ''}`;
  return reply.header('set-cookie', `${displayCookie(secure)}=${key ?? ''}; ${attributes}`);
}

/** What a display is told of itself. */
export function ownBody(display: Pick<Display, 'name' | 'brands'>, brands: Directory): OwnDisplay {
  const slugs = brands.list().map(({ id, body }): [number, string] => [id, body.slug]);
  const slugOf = new Map(slugs);
  return { name: display.name, brands: display.brands.flatMap((id) => slugOf.get(id) ?? []) };
}

function bodyOf(display: Display, brands: Directory): DisplayBody {
  return {
    id: display.id,
    ...ownBody(display, brands),
    createdAt: formatInstant(display.createdAt),
    lastSeenAt: formatInstant(display.lastSeenAt),
    expiresAt: formatInstant(display.lastSeenAt + SILENCE_MS),
  };
}
