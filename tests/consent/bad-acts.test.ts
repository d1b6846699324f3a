import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { consent, startApp, type TestApp } from '../support/app.ts';
import { FanVisit, invite, visitAs } from '../support/fan-visit.ts';

const MINUTE = 60_000;
let now = Date.parse('2026-11-20T10:00:00Z');
let app: TestApp;
let brand = '';
beforeAll(async () => {
  app = await startApp({ clock: () => now });
});
afterAll(() => app.close());
beforeEach(async () => {
  now += MINUTE;
  brand = await app.makeBrand();
});

/** What is told of a refusal, without the number of the request. */
const told = (body: unknown) => ({ ...(body as object), requestId: null });

describe('a bad act of consent', () => {
  it('is refused by code and field, and leaves no trace of the person', async () => {
    await app.call('PUT', `/brands/${brand}/notices/1/fr`, { title: 'Vos données', body: 'Texte' });
    await app.call('POST', `/brands/${brand}/notices/1/publish`, { newMeaning: false });
    const good = { ...consent('1', now), notice: { version: '1', locale: 'fr' } };
    const { age: _, ...ageless } = good;
    const bad = [
      ageless,
      { ...good, purposes: { measure: true, everything: true } },
      { ...good, at: new Date(now + 6 * MINUTE).toISOString() },
      { ...good, notice: { version: '2', locale: 'fr' } },
      { ...good, purposes: { influence: true } },
    ];
    const { body } = await app.call('POST', `/brands/${brand}/consents`, bad);
    expect(body).toMatchObject({
      accepted: 0,
      errors: [
        { index: 0, code: 'missing_field', field: 'age' },
        { index: 1, code: 'bad_value', field: 'purposes.everything' },
        { index: 2, code: 'in_future', field: 'at' },
        { index: 3, code: 'unknown_notice', field: 'notice.version' },
        { index: 4, code: 'needs_measure', field: 'purposes' },
      ],
    });
    const { id } = app.app.lines.find(brand)!.record;
    const { sql } = app.database;
    expect(await sql`select from fan where brand_id = ${id}`).toHaveLength(0);
    expect(await sql`select from consent_record where brand_id = ${id}`).toHaveLength(0);
  });

  it('sent twice is one act in the ledger', async () => {
    for (let i = 0; i < 3; i++) await app.call('POST', `/brands/${brand}/consents`, [consent('1', now)]);
    const { id } = app.app.lines.find(brand)!.record;
    expect(await app.database.sql`select from consent_record where brand_id = ${id}`).toHaveLength(1);
  });
});

describe('withdrawing and erasing', () => {
  it('are answered alike for someone known and for a stranger, who leaves no trace', async () => {
    await app.call('POST', `/brands/${brand}/consents`, [consent('known', now)]);
    const { id } = app.app.lines.find(brand)!.record;
    for (const verb of ['withdraw', 'erase']) {
      const answers = [];
      for (const fan of ['stranger', 'known']) {
        const { status, body } = await app.call('POST', `/brands/${brand}/fans/${verb}`, {
          network: 'facebook',
          fan,
        });
        answers.push({ status, ...told(body), seq: null, confirmation: null });
      }
      expect(answers[0]).toEqual(answers[1]);
    }
    expect(await app.database.sql`select from fan where brand_id = ${id}`).toHaveLength(0);
    const held: unknown[] = [];
    for (const fan of ['known', 'stranger']) {
      held.push((await app.call('POST', `/brands/${brand}/fans/held`, { network: 'facebook', fan })).body);
    }
    expect(held[0]).toEqual(held[1]);
  });
});

describe('a flood', () => {
  it('is refused in one way, whoever the link is for, and spends no link', async () => {
    await app.call('POST', `/brands/${brand}/consents`, [consent('known', now)]);
    const links = [await invite(app, brand, 'known'), await invite(app, brand, 'stranger'), 'forged'];
    const open = (link: string) => new FanVisit(app).call('POST', `/fan/${brand}/session`, { link });
    for (let i = 0; i < 10; i++) await open('x');
    const answers: object[] = [];
    for (const link of links) {
      const { status, body, headers } = await open(link);
      answers.push({ status, ...told(body), after: headers.get('retry-after') });
    }
    expect(answers[0]).toMatchObject({ status: 429, code: 'too_many_requests', after: '60' });
    expect(answers).toEqual(answers.map(() => answers[0]));
    now += MINUTE;
    expect((await open(links[0]!)).status).toBe(204);
  });
});

describe('Sec-GPC', () => {
  it.each([
    ['1', true],
    ['0', false],
    ['true', false],
  ])('of %s means no sharing: %s', async (value, gpc) => {
    const visit = await visitAs(app, brand, '1', { 'sec-gpc': value });
    expect((await visit.call('GET', `/fan/${brand}/state`)).body).toMatchObject({ gpc });
  });

  it('takes back nothing that was given, and lets everything be withdrawn', async () => {
    const purposes = { measure: true, influence: true, offers: true };
    await app.call('POST', `/brands/${brand}/consents`, [consent('1', now - MINUTE, purposes)]);
    const visit = await visitAs(app, brand, '1', { 'sec-gpc': '1' });
    const { switches } = (await visit.call('GET', `/fan/${brand}/state`)).body as {
      switches: { purpose: string; answer: string; offered: string }[];
    };
    expect(switches.find(({ purpose }) => purpose === 'offers')).toMatchObject({
      answer: 'yes',
      offered: 'open',
    });
    const { body } = await visit.call('POST', `/fan/${brand}/withdraw`, { purposes: ['offers'] });
    expect(body).toMatchObject({ withdrawn: ['offers'] });
  });
});
