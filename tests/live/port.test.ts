import { connect as connectTcp } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadPages } from '@fanfare/server/pages.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { Fans } from '../support/fans.ts';
import { TRANSPORTS, connect, isChange, isError } from '../support/live-client.ts';

/** Send bytes; gives all that was answered once the other side has closed. */
function exchange(url: string, request: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const tcp = connectTcp(Number(port), hostname, () => tcp.write(request));
  let answer = '';
  tcp.setTimeout(3_000, () => tcp.destroy(new Error(`left hanging after: ${answer}`)));
  tcp.on('data', (data: Buffer) => (answer += data.toString()));
  tcp.on('error', reject);
  tcp.on('close', () => resolve(answer));
  return promise;
}

const upgrade = (path: string, more = '') =>
  `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n` +
  `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${more}\r\n`;

describe('one port', () => {
  let app: TestApp;
  let brand: string;
  beforeAll(async () => {
    app = await startApp({ pages: (await loadPages()) !== null });
    brand = await app.makeBrand();
    await new Fans(app, brand).consent(5);
  });
  afterAll(() => app.close());

  it('serves REST, both sockets and the pages at the same time', async () => {
    const lives = await Promise.all(TRANSPORTS.map((transport) => connect(transport, app.url)));
    for (const live of lives) {
      live.watch(brand, '1h');
      await live.next(isChange);
      expect(live.wireName).toBe('websocket');
    }
    await new Fans(app, brand).act(3, 5);
    const [a, b] = await Promise.all(lives.map((live) => live.next(isChange)));
    expect(a).toEqual(b);
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    expect((await app.board(brand, '1h')).seq).toBe(a!.seq);
    const page = await fetch(`${app.url}/`, { redirect: 'manual' });
    if ((await loadPages()) === null) expect(page.status).toBe(404);
    else expect(page.status).toBeLessThan(400);
    for (const live of lives) live.close();
  });

  it.each(['/nowhere', '/', '/api/v1/nothing', '/socket.iox', '//api/v1/live', '/api/v1/live/more'])(
    'answers an upgrade to %s as if it had not been asked for (RFC 9110, 7.8)',
    async (path) => {
      const { status } = await fetch(app.url + path, { redirect: 'manual' });
      expect(await exchange(app.url, upgrade(path))).toMatch(new RegExp(`^HTTP/1[.]1 ${status} `));
    },
  );

  it('closes upgrades that are none of a websocket', async () => {
    const answer = await exchange(app.url, upgrade('/api/v1/live').replace('Version: 13', 'Version: 99'));
    expect(answer).toMatch(/^HTTP\/1[.]1 4\d\d /);
    const other = upgrade('/api/v1/live').replace('Upgrade: websocket', 'Upgrade: h2c');
    expect(await exchange(app.url, other)).toMatch(/^HTTP\/1[.]1 4\d\d /);
    expect(await exchange(app.url, upgrade('/socket.io/?EIO=4&transport=websocket&sid=x'))).toMatch(
      /^HTTP\/1[.]1 400/,
    );
  });

  it('answers an ordinary GET of the live address with a problem', async () => {
    const { status } = await app.call('GET', '/live');
    expect(status).toBe(404);
  });

  it('serves Socket.IO over polling with the same rights', async () => {
    const live = await connect('socketio', app.url, { transports: ['polling'] });
    expect(live.wireName).toBe('polling');
    live.watch(brand, '1h');
    await live.next(isChange);
    await new Fans(app, brand).act(1, 5, { id: 'polled' });
    expect((await live.next(isChange)).type).toBe('delta');
    live.close();

    const visitor = await connect('socketio', app.url, { transports: ['polling'], token: null });
    visitor.watch(brand, '1h');
    expect(await visitor.next(isError)).toMatchObject({ code: 'unknown_brand' });
    visitor.close();
    const foreign = {
      transports: ['polling'],
      token: null,
      headers: { origin: 'https://elsewhere.example' },
    };
    await expect(connect('socketio', app.url, foreign)).rejects.toThrow('signed_out');
  });

  it('lets a polling client go over to a websocket', async () => {
    const live = await connect('socketio', app.url, { transports: ['polling', 'websocket'] });
    live.watch(brand, '1h');
    await live.next(isChange);
    for (let i = 0; i < 500 && live.wireName !== 'websocket'; i++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(live.wireName).toBe('websocket');
    await new Fans(app, brand).act(1, 5, { id: 'upgraded' });
    expect((await live.next(isChange)).type).toBe('delta');
    live.close();
  });
});
