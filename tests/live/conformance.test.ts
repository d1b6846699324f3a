import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIVE_LIMITS, type Board } from '@fanfare/contract';
import { startApp, type TestApp } from '../support/app.ts';
import { Fans } from '../support/fans.ts';
import { Follower, hashOf } from '../support/follower.ts';
import {
  TRANSPORTS,
  connect,
  isChange,
  isError,
  isWatching,
  type LiveClient,
} from '../support/live-client.ts';

/** After so long without a change a brand is quiet: its next frame goes at once. */
const QUIET = 150;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.each(TRANSPORTS)('the live feed over %s', (transport) => {
  let app: TestApp;
  let brand: string;
  let fans: Fans;
  const open: LiveClient[] = [];
  const client = async () => {
    const made = await connect(transport, app.url);
    open.push(made);
    return made;
  };
  const watching = async (place = {}, window: Board['window'] = '1h') => {
    const made = await client();
    const follower = new Follower();
    made.listen((message) => follower.take(message));
    made.watch(brand, window, place);
    return { live: made, follower, answer: await made.next(isWatching) };
  };
  const settled = async (follower: Follower) => {
    const board = await app.board(brand, '1h');
    for (let i = 0; i < 1_000 && follower.board?.seq !== board.seq; i++) await sleep(10);
    return board;
  };

  beforeAll(async () => {
    app = await startApp();
    brand = await app.makeBrand(`live-${transport}`);
    fans = new Fans(app, brand);
    await fans.consent(20);
    await fans.act(30);
    await sleep(QUIET);
  });
  afterAll(async () => {
    for (const one of open) one.close();
    await app.close();
  });

  it('goes over a websocket, not over polling', async () => {
    expect((await client()).wireName).toBe('websocket');
  });

  it('answers a watch first, then sends the board that REST gives', async () => {
    const { live, answer } = await watching();
    expect(answer).toMatchObject({ brand, window: '1h', mode: 'board', frames: 1 });
    const board = await live.next(isChange);
    expect(board).toMatchObject({ type: 'board', epoch: answer.epoch, seq: answer.seq });
    expect(board).toEqual(await app.board(brand, '1h'));
    expect(live.messages.map((m) => m.type)).toEqual(['watching', 'board']);
  });

  it('sends deltas that fold to exactly the board of the server, in one sequence without gaps', async () => {
    const { follower } = await watching();
    for (let i = 0; i < 15; i++) {
      await fans.act(1 + (i % 5), 20, { campaign: `c${i % 4}` });
      await sleep(i * 10);
    }
    const board = await settled(follower);
    expect(follower).toMatchObject({ gaps: 0, repeats: 0, boards: 1 });
    expect(follower.deltas).toBeGreaterThan(5);
    expect(follower.board).toEqual(board);
    expect(hashOf(follower.board!)).toBe(hashOf(board));
  });

  it('gives exactly the missed frames to whoever comes back', async () => {
    const witness = await watching();
    const first = await watching();
    await first.live.next(isChange);
    first.live.drop();
    for (let i = 0; i < 3; i++) {
      await fans.act();
      await sleep(QUIET);
    }
    await settled(witness.follower);
    const { live, follower, answer } = await watching(first.follower.place);
    expect(answer.mode).toBe('backlog');
    const missed = witness.live.messages.filter(
      (m) => m.type === 'delta' && m.seq > first.follower.board!.seq,
    );
    expect(missed).toHaveLength(3);
    expect(answer.frames).toBe(missed.length);
    for (const frame of missed) expect(await live.next(isChange)).toEqual(frame);
    follower.board = first.follower.board;
    for (const frame of missed) follower.take(frame);
    expect(follower.board).toEqual(await app.board(brand, '1h'));
  });

  it('gives nothing to whoever missed nothing', async () => {
    const { follower, live } = await watching();
    await live.next(isChange);
    const { answer } = await watching(follower.place);
    expect(answer).toMatchObject({ mode: 'backlog', frames: 0 });
  });

  it.each([
    ['another epoch', { epoch: 'gone', seq: 1 }],
    ['a frame that is held no more', { seq: 0 }],
    ['a frame of the future', { seq: 1_000_000 }],
  ])('gives the board to whoever comes with %s', async (_name, place) => {
    const { epoch } = await app.board(brand, '1h');
    const { answer, live } = await watching({ epoch, ...place });
    expect(answer).toMatchObject({ mode: 'board', frames: 1 });
    expect((await live.next(isChange)).type).toBe('board');
  });

  it('refuses an unknown brand and goes on', async () => {
    const live = await client();
    live.watch('nobody', '1h');
    expect(await live.next(isError)).toMatchObject({ code: 'unknown_brand', brand: 'nobody' });
    live.watch(brand, '1h');
    expect((await live.next(isChange)).type).toBe('board');
  });

  it('refuses a brand that a visitor may not see, in the same words', async () => {
    const live = await connect(transport, app.url, { token: null });
    open.push(live);
    live.watch(brand, '1h');
    const { detail } = await live.next(isError);
    live.watch('nobody', '1h');
    expect(await live.next(isError)).toMatchObject({ code: 'unknown_brand', detail });
  });

  it('sends nothing after unwatch', async () => {
    const { live } = await watching();
    await live.next(isChange);
    live.unwatch(brand, '1h');
    await sleep(50);
    const heard = live.log.length;
    await fans.act();
    await sleep(250);
    expect(live.log.length).toBe(heard);
  });

  it('follows several boards on one connection', async () => {
    const { live } = await watching();
    live.watch(brand, '30d');
    await live.next((m): m is Board => m.type === 'board' && m.window === '30d');
    const [hour, month] = [new Follower(), new Follower()];
    for (const m of live.messages) if (isChange(m)) (m.window === '1h' ? hour : month).take(m);
    live.listen((m) => isChange(m) && (m.window === '1h' ? hour : month).take(m));
    await fans.act(2);
    await settled(hour);
    expect(hour.board).toEqual(await app.board(brand, '1h'));
    expect(month.board).toEqual(await app.board(brand, '30d'));
    expect(month.gaps + hour.gaps + month.repeats + hour.repeats).toBe(0);
  });

  it('publishes at once when the brand was quiet', async () => {
    const { live } = await watching();
    await live.next(isChange);
    // The quickest of many, as the machine may be busy: a feed that waits first is never as quick once.
    let least = Infinity;
    for (let i = 0; i < 40 && least > 60; i++) {
      await sleep(QUIET);
      const answered = await fans.act();
      await live.next(isChange);
      least = Math.min(least, live.log.at(-1)!.at - answered);
    }
    expect(least).toBeLessThanOrEqual(60);
  });

  it('publishes at most ten times a second when the brand is busy', async () => {
    const { live, follower } = await watching();
    const until = performance.now() + 2_500;
    while (performance.now() < until) await fans.act(3);
    await settled(follower);
    // When the server made them: what arrives may be held up and come in a bunch.
    const times = live.log.flatMap(({ message: m }) => (m.type === 'delta' ? [Date.parse(m.asOf)] : []));
    for (const start of times) {
      const within = times.filter((at) => at >= start && at < start + 1_000).length;
      expect(within).toBeLessThanOrEqual(LIVE_LIMITS.framesPerSecond + 1);
    }
    expect(times.length).toBeGreaterThan(3);
    expect(follower).toMatchObject({ gaps: 0, repeats: 0 });
  });
});
