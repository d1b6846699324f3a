import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { consent, startApp, type TestApp } from '../support/app.ts';
import { visitAs, type FanVisit } from '../support/fan-visit.ts';

const MINUTE = 60_000;
let now = Date.parse('2026-11-20T10:00:00Z');
let app: TestApp;
beforeAll(async () => {
  app = await startApp({ clock: () => now });
});
afterAll(() => app.close());
// A new minute, a new allowance.
beforeEach(() => {
  now += MINUTE;
});

const send = (brand: string, ids: readonly string[], fan: string) =>
  app.call(
    'POST',
    `/brands/${brand}/events`,
    ids.map((id) => ({
      ...{ id, network: 'facebook', kind: 'comment', fan, text: 'good' },
      occurredAt: new Date(now).toISOString(),
    })),
  );
const stateOf = async (visit: FanVisit, brand: string) =>
  (await visit.call('GET', `/fan/${brand}/state`)).body as { totals: object; uses: object[] };

describe('a fan’s own part in the totals', () => {
  it('shows the effect of a withdrawal at once, as the fan’s own part in the totals', async () => {
    const brand = await app.makeBrand();
    await app.call('POST', `/brands/${brand}/consents`, [consent('1', now), consent('2', now)]);
    await send(brand, ['a', 'b', 'c'], '1');
    await send(brand, ['d'], '2');
    const visit = await visitAs(app, brand, '1');
    const { body } = await visit.call('POST', `/fan/${brand}/withdraw`, {});
    expect(body).toMatchObject({
      given: [],
      withdrawn: ['measure'],
      yours: {
        before: { consenting: 1, reach: 1, engagements: 3 },
        after: { consenting: 0, reach: 0, engagements: 0 },
      },
    });
    const { measures } = await app.board(brand, '30d');
    expect(
      ['consenting@1', 'reach.active@1', 'engagements@1'].map((id) => measures[id as 'engagements@1']!.value),
    ).toEqual([1, 1, 1]);
    expect((await send(brand, ['e'], '1')).body).toMatchObject({ refused: 1 });
    const { body: held } = await app.call('POST', `/brands/${brand}/fans/held`, {
      network: 'facebook',
      fan: '1',
    });
    expect(held).toMatchObject({ engagements: [], consents: [{}, { granted: false, method: 'form' }] });
  });

  it('is shown the totals of the public: what others do between two looks is not told', async () => {
    const shy = await startApp({ k: 10, clock: () => now });
    const brand = await shy.makeBrand();
    const fans = Array.from({ length: 24 }, (_, i) => String(i));
    await shy.call(
      'POST',
      `/brands/${brand}/consents`,
      fans.map((fan) => consent(fan, now)),
    );
    const visit = await visitAs(shy, brand, '1');
    const totals = async () => (await stateOf(visit, brand)).totals;
    const first = await totals();
    expect(first).toMatchObject({ consenting: { value: 20 } });
    now += 2_000;
    for (const fan of ['2', '3', '4'])
      await shy.call('POST', `/brands/${brand}/fans/withdraw`, { network: 'facebook', fan });
    const { body } = await visit.call('POST', `/fan/${brand}/withdraw`, {});
    expect(body).toMatchObject({
      totals: first,
      yours: { before: { consenting: 1 }, after: { consenting: 0 } },
    });
    expect(await totals()).toEqual(first);
    await shy.close();
  });

  it('says where the data is used: how many, from when to when, and in which boards', async () => {
    const brand = await app.makeBrand();
    await app.call('POST', `/brands/${brand}/consents`, [consent('1', now - 3 * 86_400_000)]);
    const at = now - 2 * 86_400_000;
    const event = (id: string, when: number, text: object) => ({
      ...{ id, network: 'facebook', fan: '1', occurredAt: new Date(when).toISOString() },
      ...text,
    });
    await app.call('POST', `/brands/${brand}/events`, [
      event('a', at, { kind: 'comment', text: 'good' }),
      event('b', now - 1_000, { kind: 'reaction' }),
    ]);
    const { uses } = await stateOf(await visitAs(app, brand, '1'), brand);
    const [from, to] = [at, now - 1_000].map((instant) => new Date(instant).toISOString());
    expect(uses).toEqual([
      { use: 'counted', count: null, from: new Date(now - 3 * 86_400_000).toISOString(), to: null },
      { use: 'totals', count: 2, from, to, boards: { '5m': 1, '1h': 1, '24h': 1, '7d': 2, '30d': 2 } },
      { use: 'sentiment', count: 1, from, to: from },
    ]);
  });

  it('hides totals about fewer than k fans', async () => {
    const shy = await startApp({ k: 10, clock: () => now });
    const brand = await shy.makeBrand();
    await shy.call('POST', `/brands/${brand}/consents`, [consent('1', now), consent('2', now)]);
    const visit = await visitAs(shy, brand, '1');
    const hidden = { consenting: { value: null, suppressed: true } };
    expect((await stateOf(visit, brand)).totals).toMatchObject(hidden);
    const { body } = await visit.call('POST', `/fan/${brand}/withdraw`, {});
    expect(body).toMatchObject({ totals: hidden, yours: { before: { consenting: 1 } } });
    await shy.close();
  });
});
