import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Board, NewToken, TokenBody } from '@fanfare/contract';
import { consent, startApp, type TestApp } from '../support/app.ts';
import { TRANSPORTS, connect } from '../support/live-client.ts';

describe('API tokens', () => {
  let test: TestApp;
  let now = Date.parse('2026-11-22T10:00:00Z');
  beforeAll(async () => {
    test = await startApp({ clock: () => now });
  });
  afterAll(() => test.close());

  const make = async (draft: object): Promise<NewToken> => {
    const { status, body } = await test.call('POST', '/tokens', { name: 'shop', ...draft });
    expect(status).toBe(201);
    return body;
  };
  const as = (token: string) => async (method: string, path: string, body?: unknown) => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return (await fetch(`${test.url}/api/v1${path}`, { method, headers, ...init })).status;
  };

  it('open what their scopes say on their brands, and nothing else', async () => {
    const [mine, other] = [await test.makeBrand(), await test.makeBrand()];
    const call = as((await make({ scopes: ['ingest'], brands: [mine] })).token);
    const event = {
      id: '1',
      network: 'web',
      kind: 'view',
      fan: 'f',
      occurredAt: new Date(now).toISOString(),
    };
    expect(await call('POST', `/brands/${mine}/events`, event)).toBe(200);
    expect(await call('POST', `/brands/${mine}/consents`, consent('f', now))).toBe(403);
    expect(await call('GET', `/brands/${mine}/board`)).toBe(403);
    expect(await call('POST', `/brands/${other}/events`, event)).toBe(404);
    expect(await call('POST', '/brands/nowhere/events', event)).toBe(404);
    expect(await call('GET', '/tokens')).toBe(403);
    expect(await call('DELETE', `/brands/${mine}`)).toBe(403);
  });

  it('are listed with their last use, never again in the clear, and none opens the list without the right', async () => {
    const brand = await test.makeBrand();
    const made = await make({ scopes: ['read'], name: '=cmd|<b>', days: 3 });
    expect(await as(made.token)('GET', `/brands/${brand}/board`)).toBe(200);
    const body: TokenBody[] = (await test.call('GET', '/tokens')).body;
    expect(JSON.stringify(body)).not.toContain(made.token.slice(20));
    expect(body.find(({ id }) => id === made.id)).toMatchObject({
      name: '=cmd|<b>',
      brands: null,
      lastUsedAt: new Date(now).toISOString(),
    });
    expect((await fetch(`${test.url}/api/v1/tokens`)).status).toBe(401);
    now += 3 * 86_400_000;
    expect(await as(made.token)('GET', `/brands/${brand}/board`)).toBe(401);
  });

  it.each([
    [{ name: '', scopes: ['read'] }],
    [{ name: 'a\u202eb', scopes: ['read'] }],
    [{ name: 'a', scopes: [] }],
    [{ name: 'a', scopes: ['root'] }],
    [{ name: 'a', scopes: ['read'], brands: ['nowhere'] }],
    [{ name: 'a', scopes: ['read'], days: 0 }],
    [{ name: 'a', scopes: ['read'], extra: 1 }],
  ])('are refused for %j', async (draft) => {
    expect((await test.call('POST', '/tokens', draft)).status).toBe(400);
  });

  it('that are wrong, cut or changed open nothing', async () => {
    const brand = await test.makeBrand();
    const { token } = await make({ scopes: ['admin'] });
    for (const wrong of [
      token.slice(0, -1),
      `${token}x`,
      `${token.slice(0, -1)}-`,
      token.toUpperCase(),
      'fanfare_',
    ]) {
      expect(await as(wrong)('GET', `/brands/${brand}/board`), wrong).toBe(401);
    }
  });

  it.each(TRANSPORTS)('that are revoked close their open sockets over %s', async (transport) => {
    const brand = await test.makeBrand();
    const { id, token } = await make({ scopes: ['read'] });
    const live = await connect(transport, test.url, { token });
    live.watch(brand, '1h');
    await live.next((message): message is Board => message.type === 'board');
    expect((await test.call('DELETE', `/tokens/${id}`)).status).toBe(204);
    expect(await live.ended).toEqual({ code: 4401, bye: true });
    expect((await test.call('DELETE', `/tokens/${id}`)).status).toBe(404);
  });
});
