import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { WALL_SCENES, WALL_WINDOW, type Board, type OwnDisplay, type OwnTurn } from '@fanfare/contract';
import type { Display } from '../../domain/access/display.ts';
import { Fault } from '../../domain/fault.ts';
import { displayKeyIn } from '../display-book.ts';
import { ownBody, setDisplayCookie, slugsOf } from '../display-own.ts';
import { queryOf, windowOf } from '../query.ts';
import type { DisplayContext } from './displays.ts';

/** How long a television waits for something new, milliseconds: less than proxies wait. */
const HOLD_MS = 20_000;
const VERSION = /^[\w.+-]{1,64}$/;

/** What a paired television asks, by its key alone, whoever else is signed in beside it. */
export function wallRoutes(app: FastifyInstance, context: DisplayContext): void {
  const { displays, brands, access, secure, turns, isOpen } = context;

  app.get('/displays/own', (request, reply): OwnDisplay => {
    const display = ownOf(request);
    void reply.header('cache-control', 'no-store');
    return ownBody(display, brands);
  });

  // Held open until something is new, so that a change, an order or the end is felt at once.
  app.get('/displays/own/turn', async (request, reply): Promise<OwnTurn> => {
    const { id } = ownOf(request);
    const { after, version, brand, scene } = queryOf(request);
    if (typeof version === 'string' && VERSION.test(version)) displays.runs(id, version);
    const shown = WALL_SCENES.find((name) => name === scene);
    if (shown && typeof brand === 'string') turns.show(id, { brand: brand.slice(0, 64), scene: shown });
    const known = typeof after === 'string' ? after : '';
    await turns.wait(id, known, HOLD_MS);
    const display = ownOf(request);
    void reply.header('cache-control', 'no-store');
    return { ...turns.since(id, known), own: ownBody(display, brands) };
  });

  app.get('/displays/own/boards/:brand', (request, reply): Board<'public'> => {
    const display = ownOf(request);
    const { brand } = request.params as { brand: string };
    const isShown = slugsOf(display, brands).includes(brand);
    const board = isShown ? context.publicBoard(brand, windowOf(request, WALL_WINDOW)) : null;
    if (!board) throw new Fault('unknown_brand');
    void reply.header('cache-control', 'no-store');
    return board;
  });

  app.post('/displays/renew', async (request, reply): Promise<{ readonly rotated: boolean }> => {
    if (!access.isSameOrigin(request.headers)) throw new Fault('bad_origin');
    const key = displayKeyIn(request.headers.cookie, secure);
    const renewed = key === null ? null : await displays.renew(key, randomBytes(32));
    if (!renewed) throw new Fault('unauthenticated', 'this is no paired display');
    void setDisplayCookie(reply, secure, renewed.key).header('cache-control', 'no-store');
    return { rotated: renewed.rotated };
  });

  /** While brands are being loaded a display would seem to have none: it must come back. */
  function ownOf(request: FastifyRequest): Display {
    const key = displayKeyIn(request.headers.cookie, secure);
    const display = key === null ? null : displays.find(key);
    if (!display) throw new Fault('unauthenticated', 'this is no paired display');
    if (!isOpen()) throw new Fault('unavailable');
    return display;
  }
}
