import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditPage, Board, DisplayBody, OwnTurn } from '@fanfare/contract';
import { TOKEN, startApp, type TestApp } from '../support/app.ts';
import { pair, type Television } from '../support/display.ts';

let test: TestApp;
let brand: string;
let television: Television;
let id: string;
beforeAll(async () => {
  test = await startApp();
  brand = await test.makeBrand();
  television = await pair(test, [brand], 'Hall', {}, { scenes: ['numbers', 'mood'], metres: 3.5 });
  id = television.cookie.split('=')[1]!.slice(0, 12);
});
afterAll(() => test.close());

const turn = async (query = ''): Promise<OwnTurn> =>
  (await (await television.call('GET', `/displays/own/turn?${query}`)).json()) as OwnTurn;
const order = (body: object) => test.call('POST', `/displays/${id}/orders`, body);

describe('a wall over HTTP', () => {
  it('is told how to show its brands, and tells what it shows', async () => {
    const { own, orders, turn: at } = await turn('version=1763800000000&scene=mood&brand=' + brand);
    expect(own).toMatchObject({ name: 'Hall', brands: [brand], wall: { paused: false, pinned: null } });
    expect(own.wall.settings).toMatchObject({ scenes: ['numbers', 'mood'], metres: 3.5, inches: 55 });
    expect(own.places).toMatchObject([{ slug: brand, timeZone: 'Europe/Paris', sector: 'general' }]);
    expect([orders, at]).toEqual([[], expect.stringMatching(/^[\w-]{8}\.\d+$/)]);
    const listed: readonly DisplayBody[] = (await test.call('GET', '/displays')).body;
    expect(listed[0]).toMatchObject({ version: '1763800000000', showing: { brand, scene: 'mood' } });
  });

  it('hears of changes and orders while it waits, each order once', async () => {
    const first = await turn();
    const waiting = turn(`after=${first.turn}`);
    const { body } = await test.call('PATCH', `/displays/${id}`, { wall: { locale: 'en', seconds: 30 } });
    expect(body).toMatchObject({ wall: { settings: { locale: 'en', seconds: 30, metres: 3.5 } } });
    const changed = await waiting;
    expect(changed.own.wall.settings.locale).toBe('en');
    await order({ order: 'next' });
    await order({ order: 'identify' });
    const told = await turn(`after=${changed.turn}`);
    expect(told.orders).toEqual(['next', 'identify']);
    await order({ order: 'pin', brand, scene: 'mood' });
    const pinned = await turn(`after=${told.turn}`);
    expect([pinned.orders, pinned.own.wall.pinned]).toEqual([[], { brand, scene: 'mood' }]);
    await order({ order: 'pause' });
    expect((await turn(`after=${pinned.turn}`)).own.wall.paused).toBe(true);
  });

  it('refuses what it cannot show, and settings out of bounds', async () => {
    for (const body of [
      { order: 'dance' },
      { order: 'pin', brand, scene: 'words' },
      { order: 'pin', brand: 'other', scene: 'mood' },
      { order: 'next', more: 1 },
    ]) {
      expect((await order(body)).status).toBe(400);
    }
    for (const wall of [
      { scenes: [] },
      { inches: 5 },
      { metres: 99 },
      { seconds: 1 },
      { locale: 'de' },
      { x: 1 },
    ])
      expect((await test.call('PATCH', `/displays/${id}`, { wall })).status).toBe(400);
    expect((await test.call('POST', '/displays/none/orders', { order: 'next' })).status).toBe(404);
    expect((await television.call('POST', `/displays/${id}/orders`)).status).toBe(403);
  });

  it('reads its own boards by its key alone, whoever is signed in beside it', async () => {
    const cookie = television.cookie;
    const headers = { cookie, authorization: `Bearer ${TOKEN}` };
    const answer = await fetch(`${test.url}/api/v1/displays/own/boards/${brand}`, { headers });
    const board = (await answer.json()) as Board;
    expect([board.brand, board.audience, board.window]).toEqual([brand, 'public', '24h']);
    const other = await test.makeBrand();
    const paths = [`/displays/own/boards/${other}`, `/displays/own/boards/${brand}?window=9d`];
    const statuses = await Promise.all(
      paths.map(async (path) => (await television.call('GET', path)).status),
    );
    expect(statuses).toEqual([404, 400]);
    expect((await fetch(`${test.url}/api/v1/displays/own/boards/${brand}`)).status).toBe(401);
  });

  it('keeps its settings over a restart, notes what was done, and ends a waiting wall at once', async () => {
    await test.app.close();
    const again = await startApp({ database: test.database });
    test = { ...again, close: again.close };
    const moved = {
      ...television,
      call: async (method: string, at: string) =>
        fetch(`${test.url}/api/v1${at}`, { method, headers: { cookie: television.cookie } }),
    };
    television = moved;
    const at = await turn('after=gone.7');
    expect(at.own.wall).toMatchObject({
      paused: true,
      settings: { locale: 'en' },
      pinned: { scene: 'mood' },
    });
    const waiting = television.call('GET', `/displays/own/turn?after=${at.turn}`);
    await test.call('DELETE', `/displays/${id}`);
    expect((await waiting).status).toBe(401);
    const log: AuditPage = (await test.call('GET', '/audit')).body;
    const actions = log.records.map(({ action }) => action);
    const ours = actions.filter((action) => action.startsWith('display.'));
    expect(ours.slice(0, 3)).toEqual(['display.revoked', 'display.ordered', 'display.ordered']);
    expect(ours).toContain('display.changed');
  });
});
