import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Compile } from 'typebox/compile';
import {
  DisplayChangeSchema,
  WallOrderSchema,
  formatInstant,
  type DisplayBody,
  type DisplayChange,
  type WallOrder,
  type WallSlide,
} from '@fanfare/contract';
import { SILENCE_MS, type Display } from '../../domain/access/display.ts';
import { changeWall, obey } from '../../domain/access/wall.ts';
import { Fault } from '../../domain/fault.ts';
import type { Directory } from '../../parts.ts';
import { brandNumbers, organisationFor } from '../context.ts';
import type { HttpParts } from '../http-parts.ts';
import { slugsOf } from '../display-own.ts';
import { notedIn } from '../noted.ts';
import { readBody } from '../schema.ts';
import type { WallTurns } from '../wall-turns.ts';

const change = Compile(DisplayChangeSchema);
const order = Compile(WallOrderSchema);

/** What displays need of the rest of the server. */
export interface DisplayContext extends HttpParts {
  /** Address people use, without a slash at the end. */
  readonly publicUrl: string;
  /** True behind https. */
  readonly secure: boolean;
  readonly turns: WallTurns;
}

/** Paired televisions: listed, changed, told what to do and ended by the team. */
export function displayRoutes(app: FastifyInstance, context: DisplayContext): void {
  const { displays, brands, turns } = context;

  app.get('/displays', (request, reply): readonly DisplayBody[] => {
    const organisation = organisationFor(request, context, 'displays.manage');
    void reply.header('cache-control', 'no-store');
    return displays.list(organisation).map((display) => bodyOf(display, brands, turns));
  });

  app.patch('/displays/:id', async (request): Promise<DisplayBody> => {
    const organisation = organisationFor(request, context, 'displays.manage');
    const { name, brands: slugs, wall } = readBody<DisplayChange>(request, change);
    const old = find(request, organisation);
    const changed = await displays.change(organisation, old.id, {
      ...(name === undefined ? {} : { name }),
      ...(slugs ? { brands: brandNumbers(slugs, organisation, brands) } : {}),
      ...(wall ? { wall: changeWall(old.wall, wall) } : {}),
    });
    if (!changed) throw new Fault('not_found', 'there is no such display');
    turns.changed(old.id);
    await notedIn(request, context, organisation, 'display.changed', { display: old.id });
    return bodyOf(changed, brands, turns);
  });

  app.post('/displays/:id/orders', async (request): Promise<DisplayBody> => {
    const organisation = organisationFor(request, context, 'displays.manage');
    const wanted = readBody<WallOrder>(request, order);
    const old = find(request, organisation);
    if (wanted.order === 'pin' && !canShow(old, wanted))
      throw new Fault('bad_field', 'it shows no such scene');
    const outcome = obey(old.wall, wanted);
    const once = typeof outcome === 'string';
    const display = once ? old : await displays.change(organisation, old.id, { wall: outcome });
    if (!display) throw new Fault('not_found', 'there is no such display');
    if (once) turns.order(old.id, outcome);
    else turns.changed(old.id);
    const detail = { display: old.id, order: wanted.order };
    await notedIn(request, context, organisation, 'display.ordered', detail);
    return bodyOf(display, brands, turns);
  });

  app.delete('/displays/:id', async (request, reply): Promise<void> => {
    const organisation = organisationFor(request, context, 'displays.manage');
    const { id } = request.params as { id: string };
    if (!(await displays.revoke(organisation, id))) throw new Fault('not_found', 'there is no such display');
    turns.forget(id);
    await notedIn(request, context, organisation, 'display.revoked', { display: id });
    await reply.code(204).send();
  });

  function find(request: FastifyRequest, organisation: number): Display {
    const { id } = request.params as { id: string };
    const found = displays.list(organisation).find((display) => display.id === id);
    if (!found) throw new Fault('not_found', 'there is no such display');
    return found;
  }

  function canShow(display: Display, { brand, scene }: WallSlide): boolean {
    return slugsOf(display, brands).includes(brand) && display.wall.settings.scenes.includes(scene);
  }
}

function bodyOf(display: Display, brands: Directory, turns: WallTurns): DisplayBody {
  return {
    id: display.id,
    name: display.name,
    brands: slugsOf(display, brands),
    wall: display.wall,
    showing: turns.showing(display.id),
    version: display.version,
    createdAt: formatInstant(display.createdAt),
    lastSeenAt: formatInstant(display.lastSeenAt),
    expiresAt: formatInstant(display.lastSeenAt + SILENCE_MS),
  };
}
