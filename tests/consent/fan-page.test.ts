import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { FanVisit, visitAs } from '../support/fan-visit.ts';

const MINUTE = 60_000;
let now = Date.parse('2026-11-20T10:00:00Z');
let app: TestApp;

beforeAll(async () => {
  app = await startApp({ clock: () => now, k: 1 });
});
afterAll(() => app.close());
beforeEach(() => {
  now += MINUTE;
});

const event = (id: string, fan: string) => ({
  id,
  network: 'facebook',
  kind: 'comment',
  fan,
  occurredAt: new Date(now).toISOString(),
  text: 'good',
});
const send = (brand: string, ids: readonly string[], fan: string) =>
  app.call(
    'POST',
    `/brands/${brand}/events`,
    ids.map((id) => event(id, fan)),
  );

interface State {
  notice: { version: string; locale: string };
  switches: { purpose: string; answer: string; offered: string }[];
}
const stateOf = async (visit: FanVisit, brand: string) =>
  (await visit.call('GET', `/fan/${brand}/state`)).body as State;
const answer = async (visit: FanVisit, brand: string, purposes: object, age: string | null = '18+') => {
  const { notice } = await stateOf(visit, brand);
  const body = {
    purposes,
    notice: { version: notice.version, locale: notice.locale },
    ...(age ? { age } : {}),
  };
  return visit.call('POST', `/fan/${brand}/consent`, body);
};
const answers = ({ switches }: State) =>
  Object.fromEntries(switches.map(({ purpose, answer: given }) => [purpose, given]));

describe('a fan’s page', () => {
  it('starts with nothing given, and asks under the built-in notice until there is another', async () => {
    const brand = await app.makeBrand();
    const state = await stateOf(await visitAs(app, brand, '1'), brand);
    expect(Object.values(answers(state))).toEqual(Array<string>(6).fill('none'));
    expect(state).toMatchObject({ age: null, uses: [], notice: { version: 'standard-1', standard: true } });
    expect(
      (await app.call('POST', `/brands/${brand}/fans/held`, { network: 'facebook', fan: '1' })).body,
    ).toEqual({
      consents: [],
      engagements: [],
      excerpts: [],
      purchases: [],
      mails: [],
      told: [],
      reports: [],
    });
  });

  it('records an act with its method, notice, language, age and the link as evidence', async () => {
    const brand = await app.makeBrand();
    const visit = await visitAs(app, brand, '1');
    const done = await answer(visit, brand, { measure: true, influence: true, wall: false });
    expect(done).toMatchObject({ status: 200, body: { given: ['measure', 'influence'], withdrawn: [] } });
    const { body } = await app.call('POST', `/brands/${brand}/fans/held`, { network: 'facebook', fan: '1' });
    const { consents } = body as { consents: object[] };
    expect(consents).toHaveLength(2);
    expect(consents[0]).toMatchObject({
      purpose: 'measure',
      granted: true,
      method: 'form',
      age: '18+',
      notice: { version: 'standard-1', locale: 'fr' },
      evidence: expect.stringMatching(/^link-[\w-]{22}$/) as string,
    });
    // The same answers again are no new act.
    await answer(visit, brand, { measure: true, influence: true }, null);
    const { held } = (await visit.call('GET', `/fan/${brand}/state`)).body as {
      held: { consents: object[] };
    };
    expect(held.consents).toHaveLength(2);
  });

  it('withdraws one purpose, or all with measure', async () => {
    const brand = await app.makeBrand();
    const visit = await visitAs(app, brand, '1');
    await answer(visit, brand, { measure: true, quote: true, wall: true });
    expect((await answer(visit, brand, { quote: false }, null)).body).toMatchObject({ withdrawn: ['quote'] });
    expect((await answer(visit, brand, { measure: false }, null)).body).toMatchObject({
      withdrawn: ['measure', 'wall'],
    });
    expect(answers(await stateOf(visit, brand))).toMatchObject({ measure: 'no', quote: 'no', wall: 'no' });
  });

  it('refuses what consent law does not allow, by code', async () => {
    const brand = await app.makeBrand();
    const beer = await app.makeBrand('biere', 'alcohol');
    const visit = await visitAs(app, brand, '1');
    const code = async (made: ReturnType<typeof answer>) => ((await made).body as { code: string }).code;
    expect(await code(answer(visit, brand, { measure: true }, null))).toBe('bad_field');
    expect(await code(answer(visit, brand, { measure: true }, 'under-15'))).toBe('bad_field');
    expect(await code(answer(visit, brand, { measure: true, quote: true }, '15-17'))).toBe('under_age');
    expect(await code(answer(visit, brand, { quote: true }))).toBe('needs_measure');
    expect(await code(answer(visit, brand, { measure: false, quote: true }))).toBe('needs_measure');
    const stale = { purposes: { measure: true }, age: '18+', notice: { version: 'old', locale: 'fr' } };
    expect(await code(visit.call('POST', `/fan/${brand}/consent`, stale))).toBe('notice_changed');
    const drinker = await visitAs(app, beer, '1');
    expect(await code(answer(drinker, beer, { measure: true }, '15-17'))).toBe('under_age');
    expect((await answer(visit, brand, { measure: true }, '15-17')).status).toBe(200);
    expect((await stateOf(visit, brand)) as unknown).toMatchObject({ age: '15-17' });
  });

  it('lets a minor withdraw from a brand that has taken up a trade for adults', async () => {
    const brand = await app.makeBrand();
    const visit = await visitAs(app, brand, '1');
    await answer(visit, brand, { measure: true }, '15-17');
    await app.call('PATCH', `/brands/${brand}`, { sector: 'alcohol' });
    expect(await visit.call('POST', `/fan/${brand}/withdraw`, {})).toMatchObject({
      status: 200,
      body: { withdrawn: ['measure'] },
    });
  });

  it('lets a fan withdraw under a notice that has changed meanwhile, and give under the new one alone', async () => {
    const brand = await app.makeBrand();
    const visit = await visitAs(app, brand, '1');
    await answer(visit, brand, { measure: true, quote: true });
    await app.call('PUT', `/brands/${brand}/notices/2/fr`, { title: 'T', body: 'B' });
    await app.call('POST', `/brands/${brand}/notices/2/publish`, { newMeaning: false });
    const old = { version: 'standard-1', locale: 'fr' };
    const act = (purposes: object) => visit.call('POST', `/fan/${brand}/consent`, { purposes, notice: old });
    expect((await act({ quote: false })).body).toMatchObject({ withdrawn: ['quote'] });
    expect((await act({ wall: true })).body).toMatchObject({ code: 'notice_changed' });
    expect((await stateOf(visit, brand)).notice).toMatchObject({ version: '2', standard: false });
  });

  it('respects Sec-GPC: measure alone is in the open, offers are never asked', async () => {
    const brand = await app.makeBrand();
    const visit = await visitAs(app, brand, '1', { 'sec-gpc': '1' });
    const { switches, ...state } = await stateOf(visit, brand);
    expect(state).toMatchObject({ gpc: true });
    expect(switches.map(({ offered }) => offered)).toEqual([
      'open',
      'folded',
      'folded',
      'folded',
      'folded',
      'not',
    ]);
    expect((await answer(visit, brand, { measure: true, offers: true })).body).toMatchObject({
      code: 'bad_field',
    });
  });

  it('gives receipts that verify and a file of everything held', async () => {
    const brand = await app.makeBrand();
    const visit = await visitAs(app, brand, '1');
    await answer(visit, brand, { measure: true });
    await send(brand, ['a'], '1');
    const { body, headers } = await visit.call('GET', `/fan/${brand}/export.json`);
    expect(headers.get('content-disposition')).toContain('attachment');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({
      account: { network: 'facebook', fan: '1' },
      consents: [{ purpose: 'measure' }],
      engagements: [{ kind: 'comment', sentiment: { label: 'positive' } }],
    });
    const { receipts } = (await visit.call('GET', `/fan/${brand}/receipts`)).body as { receipts: string[] };
    const { keys } = (await app.call('GET', '/receipts/keys.json')).body as { keys: JsonWebKey[] };
    const [head = '', payload = '', signature = ''] = receipts[0]!.split('.');
    const key = createPublicKey({ key: keys[0]!, format: 'jwk' });
    const holds = (text: string) => verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
    expect(holds(`${head}.${payload}`)).toBe(true);
    expect(holds(`${head}.${payload.slice(0, -1)}`)).toBe(false);
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ fan: { id: '1' } });
  });

  it('erases after the word, closes the page, and knows nobody afterwards', async () => {
    const brand = await app.makeBrand();
    const visit = await visitAs(app, brand, '1');
    await answer(visit, brand, { measure: true });
    await send(brand, ['a', 'b'], '1');
    expect((await visit.call('POST', `/fan/${brand}/erase`, { confirm: 'oui' })).status).toBe(400);
    const { body } = await visit.call('POST', `/fan/${brand}/erase`, { confirm: 'effacer' });
    expect(body).toMatchObject({
      yours: { before: { engagements: 2 }, after: { engagements: 0 } },
      confirmation: expect.stringMatching(/^[\da-f-]{36}$/) as string,
    });
    expect((await visit.call('GET', `/fan/${brand}/state`)).status).toBe(401);
    const [rows] = await app.database
      .sql`select count(*)::int as n from fan f join brand b on b.id = f.brand_id
      where b.slug = ${brand}`;
    expect(rows).toEqual({ n: 0 });
  });
});
