import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditPage, Board, DisplayBody } from '@fanfare/contract';
import { makeUserCode } from '@fanfare/server/domain/access/user-code.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { askPairing, beginPairing, cookieOf, pair, type Television } from '../support/display.ts';
import { TRANSPORTS, connect, isError } from '../support/live-client.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let test: TestApp;
let now = Date.parse('2026-11-22T10:00:00Z');
beforeAll(async () => {
  test = await startApp({ clock: () => now });
});
afterAll(() => test.close());

const problem = async (answer: Response) => {
  const { code, error } = (await answer.json()) as { code: string; error?: string };
  return [answer.status, code, error];
};
const statuses = (television: Television, calls: readonly (readonly [string, string])[]) =>
  Promise.all(calls.map(async ([method, path]) => (await television.call(method, path)).status));
const listed = async (): Promise<readonly DisplayBody[]> => (await test.call('GET', '/displays')).body;
const idOf = (television: Television) => television.cookie.split('=')[1]!.slice(0, 12);

describe('pairing over HTTP', () => {
  it('shows codes, waits, slows down, and tells the team who asks', async () => {
    const codes = await beginPairing(test);
    expect(codes).toMatchObject({ expires_in: 600, interval: 5 });
    expect(codes.user_code).toMatch(/^[B-Z]{4}-[B-Z]{4}$/);
    expect(codes.verification_uri_complete).toBe(`${codes.verification_uri}?code=${codes.user_code}`);
    expect(await problem(await askPairing(test, codes))).toEqual([
      400,
      'authorization_pending',
      'authorization_pending',
    ]);
    expect(await problem(await askPairing(test, codes))).toEqual([400, 'slow_down', 'slow_down']);
    const waiting = await test.call('GET', `/displays/codes/${codes.user_code.toLowerCase()}`);
    expect(waiting.body).toMatchObject({ userCode: codes.user_code, browser: 'Chrome 79, LG webOS' });
    expect((await fetch(`${test.url}/api/v1/displays/codes/${codes.user_code}`)).status).toBe(401);
    await test.call('POST', `/displays/codes/${codes.user_code}/refusal`);
    expect(await problem(await askPairing(test, codes))).toEqual([400, 'access_denied', 'access_denied']);
    expect(await problem(await askPairing(test, codes))).toEqual([400, 'expired_token', 'expired_token']);
    const qr = await fetch(`${test.url}/api/v1/displays/codes/${codes.user_code}/qr.svg?locale=en`);
    expect([qr.status, qr.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
  });

  it('is over after ten minutes, and a code is used once', async () => {
    const brand = await test.makeBrand();
    const codes = await beginPairing(test);
    now += 10 * MINUTE;
    const path = `/displays/codes/${codes.user_code}/approval`;
    expect((await test.call('POST', path, { name: 'Hall', brands: [brand] })).status).toBe(404);
    expect((await problem(await askPairing(test, codes)))[1]).toBe('expired_token');
    const next = await beginPairing(test);
    await test.call('POST', `/displays/codes/${next.user_code}/approval`, { name: 'Hall', brands: [brand] });
    const answers = await Promise.all([1, 2, 3, 4].map(() => askPairing(test, next)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400, 400, 400]);
  });

  it('refuses another site, wrong bodies and brands of others', async () => {
    const { user_code } = await beginPairing(test);
    const path = `/displays/codes/${user_code}/approval`;
    for (const body of [
      {},
      { name: '', brands: ['a'] },
      { name: 'Hall', brands: [] },
      { name: 'Hall', brands: ['nowhere'] },
      { name: 'Hall', brands: 'a' },
    ])
      expect((await test.call('POST', path, body)).status).toBe(400);
    for (const at of ['token', 'renew']) {
      const headers = { origin: 'https://evil.example', 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: '{"device_code":"x"}' };
      expect((await fetch(`${test.url}/api/v1/displays/${at}`, init)).status).toBe(403);
    }
  });

  it('of 10,000 guesses hits none, and lets somebody honest in a quarter of an hour later', async () => {
    now += 20 * MINUTE;
    const brand = await test.makeBrand();
    const codes = await beginPairing(test);
    const seen = new Map<number, number>();
    for (let i = 0; i < 10_000; i += 50) {
      const guesses = Array.from({ length: 50 }, async () => {
        const code = makeUserCode(randomBytes);
        const { status } = await test.call('POST', `/displays/codes/${code}/refusal`);
        seen.set(status, (seen.get(status) ?? 0) + 1);
      });
      await Promise.all(guesses);
    }
    expect([...seen].toSorted()).toEqual([
      [404, 10],
      [429, 9_990],
    ]);
    // The right code says no more than a wrong one, now.
    expect((await test.call('GET', `/displays/codes/${codes.user_code}`)).status).toBe(429);
    expect((await problem(await askPairing(test, codes)))[1]).toBe('authorization_pending');
    now += 15 * MINUTE;
    expect((await pair(test, [brand])).own).toMatchObject({ name: 'Hall', brands: [brand] });
  }, 120_000);
});

describe('a display', () => {
  it('reads the public boards of its brands and nothing else', async () => {
    const [mine, other] = [await test.makeBrand(), await test.makeBrand()];
    const television = await pair(test, [mine], 'Lobby <b>');
    expect(
      await statuses(television, [
        ['GET', `/brands/${mine}/public-board`],
        ['GET', `/brands/${mine}`],
        ['GET', '/displays/own'],
        ['GET', `/brands/${mine}/board`],
        ['GET', `/brands/${mine}/snapshots`],
        ['GET', '/displays'],
        ['GET', '/tokens'],
        ['DELETE', `/brands/${mine}`],
        ['GET', `/brands/${other}/public-board`],
      ]),
    ).toEqual([200, 200, 200, 403, 403, 403, 403, 403, 404]);
    const brands = (await (await television.call('GET', '/brands')).json()) as { slug: string }[];
    expect(brands.map(({ slug }) => slug)).toEqual([mine]);

    const id = idOf(television);
    expect((await listed()).find((one) => one.id === id)).toMatchObject({
      name: 'Lobby <b>',
      brands: [mine],
    });
    expect(JSON.stringify(await listed())).not.toContain(television.cookie.slice(-20));
    const { body } = await test.call('PATCH', `/displays/${id}`, { brands: [other] });
    expect(body).toMatchObject({ name: 'Lobby <b>', brands: [other] });
    expect(
      await statuses(television, [
        ['GET', `/brands/${mine}/public-board`],
        ['GET', `/brands/${other}/public-board`],
      ]),
    ).toEqual([404, 200]);
    expect((await test.call('DELETE', `/displays/${id}`)).status).toBe(204);
    const log: AuditPage = (await test.call('GET', '/audit')).body;
    expect(log.records.slice(0, 3).map(({ action }) => action)).toEqual([
      'display.revoked',
      'display.changed',
      'display.paired',
    ]);
    expect((await test.call('DELETE', `/displays/${id}`)).status).toBe(404);
    expect((await television.call('GET', `/brands/${other}/public-board`)).status).toBe(401);
  });

  it.each(TRANSPORTS)('follows the public feed alone over %s, and is shut out at once', async (transport) => {
    const [mine, other] = [await test.makeBrand(), await test.makeBrand()];
    const television = await pair(test, [mine]);
    const headers = { cookie: television.cookie, origin: new URL(test.url).origin };
    const live = await connect(transport, test.url, { token: null, headers });
    live.watch(mine, '1h');
    const board = await live.next((message): message is Board => message.type === 'board');
    expect([board.audience, board.brand]).toEqual(['public', mine]);
    live.watch(other, '1h');
    expect((await live.next(isError)).brand).toBe(other);
    const began = performance.now();
    await test.call('DELETE', `/displays/${idOf(television)}`);
    expect(await live.ended).toEqual({ code: 4401, bye: true });
    expect(performance.now() - began).toBeLessThan(5_000);
    await expect(connect(transport, test.url, { token: null, headers })).rejects.toThrow();
  });

  it('changes its key each day, and is not locked out by an answer that was lost', async () => {
    const television = await pair(test, [await test.makeBrand()]);
    const [first, id] = [television.cookie, idOf(television)];
    const renew = async (cookie: string) => {
      television.cookie = cookie;
      return television.call('POST', '/displays/renew');
    };
    const works = async (cookie: string) => {
      television.cookie = cookie;
      return (await television.call('GET', '/displays/own')).status === 200;
    };
    expect(cookieOf(await renew(first))).toBe(first);
    now += DAY;
    const lost = cookieOf(await renew(first));
    expect(lost).not.toBe(first);
    now += 3 * HOUR;
    const second = cookieOf(await renew(first));
    expect([second === lost, await works(lost), await works(first)]).toEqual([false, false, true]);
    // From its first use on, the old one has an hour, in which it can no longer change the key.
    expect(await works(second)).toBe(true);
    expect(cookieOf(await renew(first))).toBe(first);
    now += HOUR - 1;
    expect(await works(first)).toBe(true);
    now += 1;
    expect([await works(first), (await renew(first)).status, await works(second)]).toEqual([
      false,
      401,
      true,
    ]);
    expect(idOf({ ...television, cookie: second })).toBe(id);
  });

  it('is forgotten after seven days of silence', async () => {
    const television = await pair(test, [await test.makeBrand()]);
    now += 7 * DAY - MINUTE;
    expect((await television.call('GET', '/displays/own')).status).toBe(200);
    now += 7 * DAY + MINUTE;
    expect((await television.call('GET', '/displays/own')).status).toBe(401);
    expect((await listed()).map(({ id }) => id)).not.toContain(idOf(television));
  });

  it.each(['', 'x', 'a.b', `${'a'.repeat(12)}.${'b'.repeat(43)}`])('is none with the key %j', async (key) => {
    const headers = { cookie: `fanfare_display=${key}` };
    expect((await fetch(`${test.url}/api/v1/displays/own`, { headers })).status).toBe(401);
    expect((await fetch(`${test.url}/api/v1/brands`, { headers })).status).toBe(401);
  });

  it('outlives a restart', async () => {
    const first = await startApp({ clock: () => now });
    const brand = await first.makeBrand();
    const { cookie, own } = await pair(first, [brand]);
    await first.app.close();
    const second = await startApp({ clock: () => now, database: first.database });
    const answer = await fetch(`${second.url}/api/v1/displays/own`, { headers: { cookie } });
    expect(await answer.json()).toEqual(own);
    await second.close();
  });
});
