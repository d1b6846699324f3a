import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consent, startApp, type TestApp } from '../support/app.ts';

let server: TestApp;
let now = Date.parse('2026-11-20T10:00:00Z');
beforeAll(async () => {
  server = await startApp({ clock: () => now });
});
afterAll(() => server.close());

const act = (fan: string, version: string, locale = 'fr') => ({
  ...consent(fan, now),
  notice: { version, locale },
});
const draft = (brand: string, version: string, locale = 'fr') =>
  server.call('PUT', `/brands/${brand}/notices/${version}/${locale}`, {
    title: 'Vos données',
    body: `Texte ${version}`,
  });
const publish = (brand: string, version: string, newMeaning: boolean) =>
  server.call('POST', `/brands/${brand}/notices/${version}/publish`, { newMeaning });
const event = (id: string, fan: string) => [
  { id, network: 'facebook', kind: 'reaction', fan, occurredAt: new Date(now).toISOString() },
];

describe('notices', () => {
  it('take any proof while none is published, and refuse unknown ones after', async () => {
    const brand = await server.makeBrand();
    expect((await server.call('POST', `/brands/${brand}/consents`, act('1', 'paper'))).body).toMatchObject({
      accepted: 1,
    });
    await draft(brand, '2026-11');
    expect((await publish(brand, '2026-11', false)).status).toBe(204);
    const { body } = await server.call('POST', `/brands/${brand}/consents`, [
      act('2', '2026-11'),
      act('3', 'other'),
    ]);
    expect(body).toMatchObject({
      accepted: 1,
      errors: [{ index: 1, code: 'unknown_notice', field: 'notice.version' }],
    });
    expect((await server.call('POST', `/brands/${brand}/events`, event('a', '1'))).body).toMatchObject({
      counted: 1,
    });
  });

  it('never change once published', async () => {
    const brand = await server.makeBrand();
    expect((await draft(brand, '1')).status).toBe(204);
    expect((await draft(brand, '1')).status).toBe(204);
    await publish(brand, '1', false);
    expect((await draft(brand, '1')).body).toMatchObject({ code: 'already_published' });
    expect((await publish(brand, '1', false)).status).toBe(404);
    const { body } = await server.call('GET', `/brands/${brand}/notices`);
    expect(body).toMatchObject([{ version: '1', locale: 'fr', publishedAt: new Date(now).toISOString() }]);
  });

  it('with a new meaning do not extend old consents, and keep what was counted under them', async () => {
    const brand = await server.makeBrand();
    await draft(brand, '1');
    await publish(brand, '1', false);
    await server.call('POST', `/brands/${brand}/consents`, [act('1', '1'), act('2', '1')]);
    await server.call('POST', `/brands/${brand}/events`, event('a', '1'));
    now += 60_000;
    await draft(brand, '2');
    await publish(brand, '2', true);
    now += 60_000;
    expect((await server.call('POST', `/brands/${brand}/events`, event('b', '1'))).body).toMatchObject({
      refused: 1,
    });
    await server.call('POST', `/brands/${brand}/consents`, act('1', '2'));
    expect((await server.call('POST', `/brands/${brand}/events`, event('c', '1'))).body).toMatchObject({
      counted: 1,
    });
    const board = await server.board(brand, '1h');
    expect(board.measures['consenting@1']!.value).toBe(1);
    // Nothing was withdrawn: what was counted under the old meaning stays.
    expect(board.measures['engagements@1']!.value).toBe(2);
  });
});

describe('what is held', () => {
  it('shows a fan’s consents and engagements with their dates, and nothing of a stranger', async () => {
    const brand = await server.makeBrand();
    await server.call('POST', `/brands/${brand}/consents`, act('1', '1'));
    await server.call('POST', `/brands/${brand}/events`, event('a', '1'));
    const held = (fan: string) =>
      server.call('POST', `/brands/${brand}/fans/held`, { network: 'facebook', fan });
    expect((await held('1')).body).toMatchObject({
      consents: [{ purpose: 'measure', granted: true, method: 'form' }],
      engagements: [{ kind: 'reaction', network: 'facebook', occurredAt: new Date(now).toISOString() }],
    });
    expect((await held('nobody')).body).toEqual({
      ...{ consents: [], engagements: [], excerpts: [] },
      ...{ purchases: [], mails: [], told: [], reports: [] },
    });
    const { body } = await server.call('POST', `/brands/${brand}/fans/receipts`, {
      network: 'facebook',
      fan: '1',
    });
    expect((body as { receipts: string[] }).receipts).toHaveLength(1);
  });
});
