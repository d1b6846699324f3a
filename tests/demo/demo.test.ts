import { afterEach, describe, expect, it } from 'vitest';
import type { Board, BrandBody, WindowName } from '@fanfare/contract';
import { actsBetween } from '@fanfare/server/demo/acts.ts';
import { DEMONSTRATION } from '@fanfare/server/demo/demonstration.ts';
import { Door } from '@fanfare/server/demo/door.ts';
import { Teller } from '@fanfare/server/demo/teller.ts';
import { createWorld } from '@fanfare/server/demo/world.ts';
import { createLabeller } from '@fanfare/server/labeller/create.ts';
import { TOKEN, startApp, type TestApp } from '../support/app.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Seventy minutes of the past, at full volume. */
const SHORT = { seed: 7, days: 70 / 1_440, volume: 1 };

let app: TestApp;
afterEach(() => app.close());

function valueOf(board: Board, id: `${string}@${number}`): number {
  const measure = board.measures[id];
  expect(measure?.suppressed, `${id} is hidden`).toBeUndefined();
  return measure?.value ?? Number.NaN;
}

async function until(met: (board: Board) => boolean, window: WindowName = '1h'): Promise<Board> {
  for (;;) {
    const board = await app.board('demo', window);
    if (met(board)) return board;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const hasEngagements = (least: number) => (board: Board) =>
  (board.measures['engagements@1']?.value ?? 0) > least;

/** Every minute but the first and the running one is told whole: about twice a second and more. */
function hasFullHour(board: Board): boolean {
  return (board.series['engagements@1'] ?? []).slice(1, -1).every((point) => Number(point) > 30);
}

describe('the demonstration', () => {
  it('shows a living board at k = 10, to visitors too', async () => {
    const labeller = await createLabeller({ sentimentModel: undefined });
    app = await startApp({ k: 10, labeller, demonstration: SHORT });
    expect((await app.call('POST', '/demonstration')).status).toBe(202);
    expect((await app.call('POST', '/demonstration')).status).toBe(202);
    const board = await until(hasFullHour);

    expect(board.demonstration).toBe(true);
    expect(valueOf(board, 'reach.active@1')).toBeGreaterThan(500);
    expect(valueOf(board, 'reach.potential@1')).toBeGreaterThan(10_000);
    expect(valueOf(board, 'influence.total@1')).toBeGreaterThan(100);
    expect(valueOf(board, 'consenting@1')).toBeGreaterThan(1_500);
    expect(valueOf(board, 'coverage@1')).toBeGreaterThan(0.55);
    expect(valueOf(board, 'coverage@1')).toBeLessThan(0.85);
    expect(Math.abs(valueOf(board, 'sentiment@1'))).toBeLessThan(80);
    const { positive = 0, neutral = 0, negative = 0 } = board.measures['sentiment@1']?.parts ?? {};
    expect(Math.min(positive, neutral, negative)).toBeGreaterThan(100);
    expect(board.top.objects.length).toBe(10);

    const line = (board.series['engagements@1'] ?? []).slice(1, -1);
    expect(new Set(line).size).toBeGreaterThan(10);
    // A minute with few texts is hidden, and one more with it: seldom, as the stream is dense.
    const hidden = (board.series['sentiment@1'] ?? []).slice(1, -1).filter((point) => point === null);
    expect(hidden.length).toBeLessThan(10);

    const before = valueOf(await app.board('demo', '5m'), 'engagements@1');
    await until(hasEngagements(before), '5m');
    const visitor = await fetch(`${app.url}/api/v1/brands`);
    expect(((await visitor.json()) as BrandBody[]).map(({ slug, name }) => [slug, name])).toEqual([
      ['demo', 'Maison Alba (démo)'],
    ]);
  });

  it('ends with its brand, and can be had again', async () => {
    app = await startApp({ demonstration: { ...SHORT, volume: 0.2 } });
    expect((await app.call('DELETE', '/demonstration')).status).toBe(204);
    await app.call('POST', '/demonstration');
    await until(hasEngagements(100));
    expect((await app.call('DELETE', '/brands/demo')).status).toBe(204);
    await app.call('POST', '/demonstration');
    await until(hasEngagements(100));
    expect((await app.call('DELETE', '/demonstration')).status).toBe(204);
    expect((await app.call('DELETE', '/demonstration')).status).toBe(204);
    expect((await app.call('GET', '/brands')).body).toEqual([]);
  });

  it('never touches a brand of somebody who chose the same slug', async () => {
    app = await startApp({ demonstration: SHORT });
    await app.makeBrand('demo');
    expect((await app.call('POST', '/demonstration')).status).toBe(409);
    expect((await app.call('DELETE', '/demonstration')).status).toBe(204);
    await app.app.demonstration.resume();
    expect((await app.call('GET', '/brands/demo')).status).toBe(200);
    expect((await app.board('demo', '1h')).measures['engagements@1']?.value).toBe(0);
  });

  it('is for administrators alone', async () => {
    app = await startApp({ demonstration: SHORT });
    for (const method of ['POST', 'DELETE']) {
      expect((await fetch(`${app.url}/api/v1/demonstration`, { method })).status).toBe(401);
    }
  });

  it('goes on after a restart with the same people, and ends when asked', async () => {
    const demonstration = { ...SHORT, volume: 0.3 };
    app = await startApp({ demonstration });
    await app.app.demonstration.begin();
    const before = await until(hasEngagements(1_500));
    await app.app.close();

    app = await startApp({ demonstration, database: app.database });
    const held = await app.board('demo', '1h');
    await app.app.demonstration.resume();
    const after = await until(hasEngagements(valueOf(held, 'engagements@1')));
    // A past told anew would be there twice.
    expect(valueOf(after, 'engagements@1')).toBeLessThan(valueOf(held, 'engagements@1') * 1.5);
    expect(Math.abs(valueOf(after, 'consenting@1') - valueOf(before, 'consenting@1'))).toBeLessThan(20);
  });
});

it('tells withdrawals and second thoughts through the door', async () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  app = await startApp({ clock: () => now });
  await app.app.lines.create(DEMONSTRATION);
  const door = new Door({ address: app.url, token: TOKEN, signal: new AbortController().signal });
  const world = createWorld(3, now - HOUR, 0.05);
  const teller = new Teller(door, world, DEMONSTRATION.slug);
  expect(await teller.told()).toBeNull();
  await teller.introduce(now - 4 * MINUTE);
  await teller.tell(now - 4 * MINUTE, now);

  const there = new Set<string>();
  const introduced = actsBetween(world, Number.NEGATIVE_INFINITY, now - 4 * MINUTE);
  const since = actsBetween(world, now - 4 * MINUTE, now);
  for (const { fan } of introduced.consents) there.add(fan);
  // The server dates a withdrawal at its arrival, which is now: a later consent is not later here.
  for (const { fan } of since.consents) there.add(fan);
  for (const { fan } of since.leavings) there.delete(fan);
  expect(since.leavings.length).toBeGreaterThan(0);
  const board = await app.board('demo', '1h');
  expect(valueOf(board, 'consenting@1')).toBe(there.size);
  expect(valueOf(board, 'engagements@1')).toBeGreaterThan(5);
  expect((await teller.told())?.last).toBeGreaterThan(now - 3 * MINUTE);
});
