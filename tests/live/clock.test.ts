import { afterEach, describe, expect, it } from 'vitest';
import type { Delta } from '@fanfare/contract';
import { startApp, type TestApp } from '../support/app.ts';
import { Fans } from '../support/fans.ts';
import { Follower } from '../support/follower.ts';
import { TRANSPORTS, connect, isChange, isWatching, type LiveClient } from '../support/live-client.ts';

const MINUTE = 60_000;

describe.each(TRANSPORTS)('time over %s', (transport) => {
  let app: TestApp | undefined;
  let now: number;
  const open: LiveClient[] = [];
  const start = async () => {
    now = Date.parse('2026-11-22T10:00:30Z');
    app = await startApp({ clock: () => now });
    const brand = await app.makeBrand();
    const fans = new Fans(app, brand, () => now);
    await fans.consent(10);
    return { ...app, brand, fans };
  };
  const watching = async (brand: string, place = {}) => {
    const live = await connect(transport, app!.url);
    open.push(live);
    const follower = new Follower();
    live.listen((message) => follower.take(message));
    live.watch(brand, '1h', place);
    return { live, follower, answer: await live.next(isWatching) };
  };
  afterEach(async () => {
    for (const one of open.splice(0)) one.close();
    await app?.close();
    app = undefined;
  });

  it('slides by itself when nothing arrives, until nothing is left', async () => {
    const { brand, fans, board } = await start();
    await fans.act(12, 10);
    const { live, follower } = await watching(brand);
    await live.next(isChange);
    for (const minutes of [1, 30, 28, 1]) {
      now += minutes * MINUTE;
      const from = new Date(now - (now % MINUTE) - 59 * MINUTE).toISOString();
      // What was engaged with may come first, in a frame of its own.
      await live.next((m): m is Delta => m.type === 'delta' && m.series?.from === from);
      expect(follower.board).toEqual(await board(brand, '1h'));
    }
    expect(follower.board?.measures['engagements@1']?.value).toBe(0);
    expect(follower).toMatchObject({ gaps: 0, repeats: 0, boards: 1 });
  });

  it('holds missed frames for 2 minutes, then gives the board', async () => {
    const { brand, fans } = await start();
    const { live, follower } = await watching(brand);
    const place = { epoch: (await live.next(isChange)).epoch, seq: follower.board!.seq };
    await fans.act();
    await live.next(isChange);
    now += 119_000;
    await fans.act();
    await live.next(isChange);
    expect((await watching(brand, place)).answer.mode).toBe('backlog');
    now += 2_000;
    await fans.act();
    await live.next(isChange);
    expect((await watching(brand, place)).answer).toMatchObject({ mode: 'board', frames: 1 });
    expect((await watching(brand, follower.place)).answer).toMatchObject({ mode: 'backlog', frames: 0 });
  });

  it('never goes on from a board read before time moved on unwatched', async () => {
    const { brand, fans, board } = await start();
    await fans.act(5, 10);
    const { epoch, seq } = await board(brand, '1h');
    now += 61 * MINUTE;
    const { live, follower } = await watching(brand, { epoch, seq });
    expect((await live.next(isChange)).type).toBe('board');
    expect(follower.board?.measures['engagements@1']?.value).toBe(0);
  });

  it('goes on when the wall clock is set back, and cuts nobody off when it jumps ahead', async () => {
    const { brand, fans } = await start();
    const { live } = await watching(brand);
    await live.next(isChange);
    now -= 60 * MINUTE;
    await fans.act();
    expect((await live.next(isChange)).type).toBe('delta');
    now += 120 * MINUTE;
    expect((await live.next(isChange)).type).toBe('delta');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await fans.act();
    expect((await live.next(isChange)).type).toBe('delta');
  });
});
