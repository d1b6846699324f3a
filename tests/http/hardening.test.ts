import { connect as connectTcp } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewToken, Problem } from '@fanfare/contract';
import { REQUESTS } from '@fanfare/server/http/limits.ts';
import { endSlowBodies } from '@fanfare/server/http/slow-bodies.ts';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TOKEN, startApp, type TestApp } from '../support/app.ts';
import { TRANSPORTS, connect } from '../support/live-client.ts';

let test: TestApp;
beforeAll(async () => {
  test = await startApp({
    trustProxy: 'loopback',
    env: { SOCKETS_PER_MEMBER: '3', SOCKETS_PER_ADDRESS: '2' },
  });
});
afterAll(() => test.close());

let last = 0;
/** A caller nobody has heard of yet. */
const somebody = () => ({ 'x-forwarded-for': `203.0.113.${++last}` });
const ask = (path: string, init: RequestInit = {}) => fetch(`${test.url}/api/v1${path}`, init);
const signIn = (headers: Record<string, string>, token = 'wrong') =>
  ask('/session', { method: 'POST', headers, body: JSON.stringify({ token }) });
const json = { 'content-type': 'application/json' };

describe('headers', () => {
  it.each(['/api/v1/session', '/api/v1/nothing', '/api/v1/brands/%ff/board', '/healthz'])(
    'of %s let nothing run, load, frame or stay',
    async (path) => {
      const { headers } = await fetch(test.url + path);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'; frame-ancestors 'none'");
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('permissions-policy')).toContain('camera=()');
      expect(headers.get('strict-transport-security')).toBeNull();
    },
  );

  it('behind https ask for https ever after, and keep cookies to this host', async () => {
    const safe = await startApp({ publicUrl: 'https://fanfare.example' });
    try {
      const answer = await fetch(`${safe.url}/api/v1/session`, {
        method: 'POST',
        headers: json,
        body: JSON.stringify({ token: TOKEN }),
      });
      expect(answer.headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/);
      const cookie = answer.headers.get('set-cookie') ?? '';
      expect(cookie).toMatch(/^__Host-fanfare_session=[^;]+; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
      const [pair = ''] = cookie.split(';');
      const signedIn = async (given: string) =>
        (await fetch(`${safe.url}/api/v1/session`, { headers: { cookie: given } })).json();
      expect(await signedIn(pair)).toMatchObject({ signedIn: true });
      // One that a neighbouring subdomain could have set.
      expect(await signedIn(pair.replace('__Host-', ''))).toMatchObject({ signedIn: false });
    } finally {
      await safe.close();
    }
  });
});

describe('requests of other sites', () => {
  const trick = (headers: Record<string, string>) => ({ ...json, ...headers });
  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: '' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('with %j write nothing with a cookie, whatever the method', async (headers) => {
    const made = await signIn({ ...json, ...somebody() }, TOKEN);
    const cookie = (made.headers.get('set-cookie') ?? '').split(';')[0]!;
    for (const [method, path] of [
      ['POST', '/brands'],
      ['POST', '/tokens'],
      ['DELETE', '/session'],
      ['POST', '/session'],
    ] as const) {
      const answer = await ask(path, {
        method,
        headers: trick({ ...headers, ...somebody(), cookie }),
        body: '{}',
      });
      expect([path, answer.status]).toEqual([path, 403]);
      expect(((await answer.json()) as Problem).code).toBe('bad_origin');
    }
    expect(await (await ask('/session', { headers: { cookie } })).json()).toMatchObject({ signedIn: true });
  });

  it('get no permission to read answers', async () => {
    const answer = await ask('/session', { headers: { origin: 'https://evil.example' } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('too many requests', () => {
  it('of one address for a sign-in are told to wait, and nobody else is', async () => {
    const guesser = { ...json, ...somebody() };
    const statuses: number[] = [];
    for (let i = 0; i < REQUESTS.tight; i++) statuses.push((await signIn(guesser)).status);
    expect(statuses).toEqual(Array<number>(REQUESTS.tight).fill(401));
    const refused = await signIn(guesser, TOKEN);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(await refused.json()).toMatchObject({ code: 'too_many_requests' });
    expect((await signIn({ ...json, ...somebody() }, TOKEN)).status).toBe(204);
  });

  it('of one address or one token are told to wait, while ingest goes on', async () => {
    const brand = await test.makeBrand('limits');
    const tokenFor = async (scope: string) =>
      ((await test.call('POST', '/tokens', { name: scope, scopes: [scope] })).body as NewToken).token;
    const [read, ingest] = [await tokenFor('read'), await tokenFor('ingest')];
    const flood = async (count: number, headers: Record<string, string>) => {
      const seen = new Map<number, number>();
      for (let i = 0; i < count; i += 50)
        for (const { status } of await Promise.all(
          Array.from({ length: 50 }, () => ask(`/brands/${brand}`, { headers })),
        ))
          seen.set(status, (seen.get(status) ?? 0) + 1);
      return seen.get(429) ?? 0;
    };
    expect(await flood(REQUESTS.visitor + 100, { authorization: 'Bearer wrong', ...somebody() })).toBe(100);
    expect(await flood(REQUESTS.known + 100, { authorization: `Bearer ${read}` })).toBe(100);
    expect(await flood(REQUESTS.known + 100, { authorization: `Bearer ${ingest}` })).toBe(0);
  });
});

describe('sockets', () => {
  it.each(TRANSPORTS)('of one token are few at once over %s; a closed one makes room', async (transport) => {
    const { body } = await test.call('POST', '/tokens', { name: transport, scopes: ['read'] });
    const { token } = body as NewToken;
    const open = [];
    for (let i = 0; i < 3; i++) open.push(await connect(transport, test.url, { token }));
    const fourth = await connect(transport, test.url, { token });
    expect(await fourth.ended).toEqual({ code: 4429, bye: true });
    open[0]!.close();
    await open[0]!.ended;
    await expect
      .poll(async () => {
        const next = await connect(transport, test.url, { token });
        const end = await Promise.race([
          next.ended,
          new Promise((resolve) => setTimeout(() => resolve('open'), 300)),
        ]);
        next.close();
        return end;
      })
      .toBe('open');
    for (const one of open) one.close();
  });

  it.each(TRANSPORTS)(
    'of one visitor are few at once over %s, wherever a proxy says they are',
    async (transport) => {
      const [here, there] = [somebody(), somebody()];
      const guest = (headers: Record<string, string>) =>
        connect(transport, test.url, { token: null, headers });
      const open = [await guest(here), await guest(here), await guest(there)];
      const third = await guest(here);
      expect(await third.ended).toEqual({ code: 4429, bye: true });
      for (const one of open) one.close();
    },
  );
});

describe('a line', () => {
  it.each([
    ['application/json', '408'],
    ['application/x-ndjson', 'open'],
  ])('that trickles a body of %s in: %s', async (type, outcome) => {
    const server = createServer((request) => {
      watch(request);
      request.resume();
    });
    const watch = endSlowBodies(server, 200);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const socket = connectTcp((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\ncontent-length: 900\r\n\r\n`);
    const drip = setInterval(() => socket.writable && socket.write(' '), 30);
    const heard = await Promise.race([
      new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString().slice(9, 12)))),
      new Promise<string>((resolve) => setTimeout(() => resolve('open'), 1_500)),
    ]);
    expect(heard).toBe(outcome);
    clearInterval(drip);
    socket.destroy();
    server.closeAllConnections();
    server.close();
  });
});
