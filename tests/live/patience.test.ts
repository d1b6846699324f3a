import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIVE_LIMITS } from '@fanfare/contract';
import { startApp, type TestApp } from '../support/app.ts';
import { Fans } from '../support/fans.ts';
import { Follower } from '../support/follower.ts';
import { TRANSPORTS, connect, isBeat, isChange } from '../support/live-client.ts';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What takes long because the contract says so; all at the same time. */
describe('patience', { concurrent: true, timeout: 60_000 }, () => {
  let app: TestApp;
  let brand: string;
  beforeAll(async () => {
    app = await startApp();
    brand = await app.makeBrand();
    const fans = new Fans(app, brand);
    await fans.consent(20);
    // Many keys of many characters, so that a board is large.
    for (let i = 0; i < 40; i++)
      await fans.act(4, 20, {
        campaign: `${i}-`.padEnd(64, 'c'),
        lang: `x${i}`,
        object: `${i}-`.padEnd(256, 'o'),
      });
  });
  afterAll(() => app.close());

  it.each(TRANSPORTS)('beats every 5 s over %s, with the place it stands at', async (transport) => {
    const live = await connect(transport, app.url);
    const quiet = await app.makeBrand(`quiet-${transport}`);
    live.watch(quiet, '7d');
    await live.next(isChange);
    const first = await live.next(isBeat);
    const began = live.log.at(-1)!.at;
    const { epoch, seq } = live.messages.slice(0, live.messages.indexOf(first)).findLast(isChange)!;
    expect(first).toMatchObject({ brand: quiet, window: '7d', epoch, seq });
    await live.next(isBeat);
    const pause = live.log.at(-1)!.at - began;
    expect(pause).toBeGreaterThan(LIVE_LIMITS.heartbeatMs / 2);
    expect(pause).toBeLessThan(LIVE_LIMITS.heartbeatMs * 2);
    live.close();
  });

  it.each(TRANSPORTS)(
    'closes a peer of %s with 4408 that gives no sign of life for 30 s',
    async (transport) => {
      const live = await connect(transport, app.url);
      live.pause();
      await sleep(LIVE_LIMITS.silentMs + 4_000);
      live.resume();
      expect(await live.ended).toEqual({ code: 4408, bye: true });
    },
  );

  it.each(TRANSPORTS)('keeps a peer of %s that says nothing but answers pings', async (transport) => {
    const live = await connect(transport, app.url);
    await sleep(LIVE_LIMITS.silentMs + 6_000);
    live.watch(brand, '1h');
    expect((await live.next(isChange)).type).toBe('board');
    live.close();
  });

  it.each(TRANSPORTS)(
    'gives a slow reader of %s the latest board alone, and others all',
    async (transport) => {
      const [slow, other] = [await connect(transport, app.url), await connect(transport, app.url)];
      const [behind, beside] = [new Follower(), new Follower()];
      slow.listen((message) => behind.take(message));
      other.listen((message) => beside.take(message));
      other.watch(brand, '24h');
      slow.watch(brand, '24h');
      await slow.next(isChange);
      slow.pause();
      // Far more than the network holds: what does not fit has to wait in the server.
      for (let i = 0; i < 90; i++) {
        slow.watch(brand, '24h');
        await sleep(10);
      }
      await sleep(500);
      const fans = new Fans(app, brand);
      for (let i = 0; i < 25; i++) {
        await fans.act(4, 20, { campaign: `${i}-`.padEnd(64, 'c'), id: `${transport}-${i}` });
        await sleep(100);
      }
      expect(beside).toMatchObject({ gaps: 0, repeats: 0, boards: 1 });
      slow.resume();
      const board = await app.board(brand, '24h');
      const there = () => [behind, beside].every((one) => one.board?.seq === board.seq);
      for (let i = 0; i < 2_000 && !there(); i++) await sleep(10);
      expect(behind.board).toEqual(board);
      expect(beside.board).toEqual(board);
      expect(behind.boards).toBeLessThan(90);
      expect(behind.deltas).toBeLessThan(beside.deltas / 2);
      slow.close();
      other.close();
    },
  );
});
