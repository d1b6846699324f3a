import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIVE_LIMITS } from '@fanfare/contract';
import { startApp, type TestApp } from '../support/app.ts';
import { Fans } from '../support/fans.ts';
import { bombard, openPipe } from '../support/hostile.ts';
import { TRANSPORTS, connect, isChange, isError, isWatching } from '../support/live-client.ts';

const FRAMES = 500;
const SEED = 20_261_122;

describe.each(TRANSPORTS)('bad input over %s', (transport) => {
  let app: TestApp;
  let brand: string;
  const say = (event: string, body: unknown) =>
    transport === 'raw' ? JSON.stringify(body) : `42${JSON.stringify([event, body])}`;
  const heard = async (list: readonly string[], piece: string) => {
    for (let i = 0; i < 1_000 && !list.some((text) => text.includes(piece)); i++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(list.some((text) => text.includes(piece))).toBe(true);
  };
  const served = async () => {
    const live = await connect(transport, app.url);
    live.watch(brand, '1h');
    expect((await live.next(isChange)).type).toBe('board');
    live.close();
  };

  beforeAll(async () => {
    app = await startApp();
    brand = await app.makeBrand(`hostile-${transport}`);
    const fans = new Fans(app, brand);
    await fans.consent(5);
    await fans.act(10, 5);
  });
  afterAll(() => app.close());

  it.each([
    ['no type that exists', { type: 'subscribe' }],
    ['a type that every object has', { type: 'constructor' }],
    ['no brand', { type: 'watch', window: '1h' }],
    ['a number for a brand', { type: 'watch', brand: 5, window: '1h' }],
    ['a list for a brand', { type: 'watch', brand: ['a'], window: '1h' }],
    ['a brand that is too long', { type: 'watch', brand: 'b'.repeat(65), window: '1h' }],
    ['an unknown window', { type: 'watch', brand: 'b', window: '2h' }],
    ['a window that every object has', { type: 'watch', brand: 'b', window: 'toString' }],
    ['a negative seq', { type: 'watch', brand: 'b', window: '1h', epoch: 'e', seq: -1 }],
    ['a broken seq', { type: 'watch', brand: 'b', window: '1h', epoch: 'e', seq: 1.5 }],
    ['a text for a seq', { type: 'watch', brand: 'b', window: '1h', epoch: 'e', seq: '1' }],
    ['a number for an epoch', { type: 'watch', brand: 'b', window: '1h', epoch: 7, seq: 1 }],
  ])('answers %s with an error and goes on', async (_name, message) => {
    const live = await connect(transport, app.url);
    live.send(message);
    expect(await live.next(isError)).toMatchObject({ code: 'bad_message' });
    live.watch(brand, '5m');
    await live.next(isWatching);
    live.close();
  });

  it.each(['__proto__', 'constructor', 'hasOwnProperty', 'a b', '5m x'])(
    'knows no brand called %s',
    async (name) => {
      const live = await connect(transport, app.url);
      live.watch(name, '1h');
      expect(await live.next(isError)).toMatchObject({ code: 'unknown_brand' });
      live.unwatch(name, '1h');
      live.watch(brand, '1h');
      await live.next(isWatching);
      live.close();
    },
  );

  it('takes prototype keys for what they are: unknown fields', async () => {
    const pipe = await openPipe(transport, app.url);
    const body = `{"__proto__":{"polluted":1},"type":"watch","brand":"${brand}","window":"1h"}`;
    pipe.ws.send(transport === 'raw' ? body : `42["watch",${body}]`);
    await heard(pipe.heard, '"watching"');
    expect('polluted' in {}).toBe(false);
    pipe.ws.close();
  });

  it.each([
    ['binary', Buffer.from([1, 2, 3])],
    ['malformed JSON', '42["watch",{'],
    ['an empty message', ''],
    ['no JSON at all', '4hello'],
  ])('survives %s', async (_name, data) => {
    const pipe = await openPipe(transport, app.url);
    pipe.ws.send(data);
    if (transport === 'raw') await heard(pipe.heard, 'bad_message');
    await served();
    pipe.ws.terminate();
  });

  it('closes on a message over 16 KiB', async () => {
    const pipe = await openPipe(transport, app.url);
    pipe.ws.send(say('watch', { type: 'watch', brand: 'b'.repeat(LIVE_LIMITS.messageBytes), window: '1h' }));
    expect([1006, 1009]).toContain(await pipe.closed);
    await served();
  });

  it('closes with 4429 at the 101st message of a minute, of whatever kind', async () => {
    const live = await connect(transport, app.url);
    for (let i = 0; i < 100; i++) live.send({ type: i % 2 ? 'shout' : 'unwatch', brand, window: '1h' });
    for (let i = 0; i < 50; i++) await live.next(isError);
    live.watch(brand, '1h');
    expect(await live.ended).toEqual({ code: 4429, bye: true });
    expect(live.messages.some(isChange)).toBe(false);
  });

  it('hears nothing more from a connection it has closed', async () => {
    const pipe = await openPipe(transport, app.url);
    for (let i = 0; i < 150; i++)
      pipe.ws.send(say('watch', { type: 'watch', brand, window: i < 101 ? '2h' : '1h' }));
    await pipe.closed;
    expect(pipe.heard.filter((text) => text.includes('"watching"'))).toEqual([]);
    expect(pipe.heard.filter((text) => text.includes('"too_many"'))).toHaveLength(1);
  });

  it(`survives ${FRAMES} random frames (seed ${SEED})`, async () => {
    const witness = await connect(transport, app.url);
    witness.watch(brand, '1h');
    await witness.next(isChange);
    expect(await bombard(transport, app.url, brand, FRAMES, SEED)).toBeGreaterThan(3);
    await served();
    await new Fans(app, brand).act(1, 5, { id: 'last' });
    await witness.next(isChange);
    witness.close();
  });
});
