// long: one app for all that happens to a schedule, from its first sending to its last.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ScheduleBody, ScheduleList, ScheduleRun, Snapshot, Subscription } from '@fanfare/contract';
import { TOKEN, startApp, type TestApp } from '../support/app.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { Fans } from '../support/fans.ts';
import { MailServer, anotherClaimant } from './stage.ts';

const at = (text: string) => Date.parse(text);
const DAY = 86_400_000;

let now = at('2026-03-28T12:00:00Z');
const smtp = new MailServer();
const { mails } = smtp;

let app: TestApp;
let database: TestDatabase;
let second: ReturnType<typeof anotherClaimant>;
let options: Parameters<typeof startApp>[0] & object;

beforeAll(async () => {
  const smtpUrl = await smtp.open();
  database = await testDatabase();
  options = {
    k: 10,
    clock: () => now,
    ...{ smtpUrl, database },
    publicUrl: 'https://fanfare.example',
    schedules: { everyMs: 40 },
  };
  app = await startApp(options);
  await app.makeBrand('maison');
  const { body: board } = await app.call('GET', '/brands/maison/public-board?window=24h');
  second = anotherClaimant(database, { clock: () => now, brands: app.app.lines, smtpUrl, board });
  second.start();
});
afterAll(async () => {
  await second.stop();
  await app.close();
  await smtp.close();
});

/** Each test has schedules of its own. */
afterEach(async () => {
  for (const { id } of (await list()).schedules) await remove(id);
  mails.length = 0;
  smtp.refusing = false;
});

const draft = (more: object = {}) => ({
  ...{ name: 'Le point du jour', window: '24h', cadence: 'daily', at: '02:30', locale: 'fr' },
  ...{ recipients: ['ada@maison.example'], ...more },
});
const make = async (more: object = {}): Promise<ScheduleBody> => {
  const { status, body } = await app.call('POST', '/brands/maison/schedules', draft(more));
  expect(status).toBe(201);
  return body;
};
const list = async (): Promise<ScheduleList> => (await app.call('GET', '/brands/maison/schedules')).body;
const runsOf = async (id: number): Promise<readonly ScheduleRun[]> =>
  (await list()).schedules.find((one) => one.id === id)!.runs;
const act = (id: number, what: string) => app.call('POST', `/brands/maison/schedules/${id}/${what}`);
const remove = (id: number) => app.call('DELETE', `/brands/maison/schedules/${id}`);
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** So many mails in all, and after several more looks of both processes no other. */
async function expectMails(count: number): Promise<void> {
  for (let tries = 0; tries < 1_000 && mails.length < count; tries++) await wait(20);
  await wait(160);
  expect(mails).toHaveLength(count);
}

/** The mail server has refused one more mail, and that is written down. */
async function refusal(id: number): Promise<void> {
  const before = smtp.refused;
  await expect.poll(() => smtp.refused, { timeout: 30_000 }).toBeGreaterThan(before);
  await expect.poll(async () => (await runsOf(id))[0]?.state, { timeout: 30_000 }).toBe('sending');
  await wait(200);
}

describe('a schedule', () => {
  it('fires once with two processes, on both days on which the clocks change', async () => {
    const { id, next } = await make();
    expect(next).toBe('2026-03-29T01:00:00.000Z');
    now = at('2026-03-29T00:59:00Z');
    await expectMails(0);
    // 02:30 is skipped on this day: 03:00 is the next instant there is.
    now = at('2026-03-29T01:00:20Z');
    await expectMails(1);
    now = at('2026-03-29T12:00:00Z');
    await expectMails(1);
    expect((await runsOf(id)).map(({ due, state }) => [due, state])).toEqual([
      ['2026-03-29T01:00:00.000Z', 'sent'],
    ]);
    await act(id, 'pause');
    now = at('2026-10-24T12:00:00Z');
    await act(id, 'resume');
    await expectMails(1);
    now = at('2026-10-25T00:30:20Z');
    await expectMails(2);
    // 02:30 for the second time.
    now = at('2026-10-25T01:30:20Z');
    await expectMails(2);
    now = at('2026-10-26T01:30:20Z');
    await expectMails(3);
    expect((await runsOf(id)).map(({ due, late, state, sent }) => [due, late, state, sent])).toEqual(
      ['2026-10-26T01:30', '2026-10-25T00:30'].map((due) => [`${due}:00.000Z`, false, 'sent', 1]),
    );
  });

  it('sends the newest of those it missed, once, and says that it is late', async () => {
    const { id } = await make({ at: '08:00' });
    now += 5 * DAY;
    await expectMails(1);
    expect(mails[0]!.text).toContain('Envoyé en retard');
    expect((await runsOf(id)).map(({ late }) => late)).toEqual([true]);
  });

  it('sends the figures of the snapshot it froze, as text and as a page, each with its change in words', async () => {
    await second.stop();
    const fans = new Fans(app!, 'maison', () => now);
    await fans.consent(120);
    await fans.act(46, 50, { kind: 'reaction', text: undefined });
    // Words of four people alone.
    await fans.act(4, 50, { kind: 'comment', text: 'good' });
    // What the public is shown moves no more often than every 15 minutes.
    now += 16 * 60_000;
    const { id } = await make({
      at: '09:00',
      window: '7d',
      recipients: ['ada@maison.example', 'bo@maison.example'],
    });
    now = Math.floor(now / DAY) * DAY + DAY + 8 * 3_600_000 + 20_000;
    await expectMails(2);
    expect(mails.map(({ to }) => to).toSorted()).toEqual(['ada@maison.example', 'bo@maison.example']);
    const [run] = await runsOf(id);
    const { body } = await app.call('GET', `/snapshots/${run!.snapshot}.json`);
    const { measures, audience } = (body as { snapshot: Snapshot }).snapshot;
    expect(audience).toBe('public');
    expect(measures['engagements@1']!.value).toBe(50);
    const { text } = mails[0]!;
    expect(text).toContain('Engagements\u00a0: 50');
    expect(text).toMatch(/<th scope="row">Engagements<\/th><td>50<\/td>/);
    expect(text).toContain('Sentiment net\u00a0: <\u00a010');
    expect(text).toContain('<td>&lt;\u00a010</td>');
    expect(text).toContain('Premier envoi');
    expect(text).toContain(`https://fanfare.example/b/maison/snapshots/${run!.snapshot}`);
    expect(text).toContain('Sans image');
    await fans.act(60, 120);
    now += 16 * 60_000;
    await app.call('GET', '/brands/maison/public-board?window=7d');
    now += DAY;
    await expectMails(4);
    expect(mails[2]!.text).toContain('Engagements\u00a0: 110, en hausse de 60 (+120\u00a0%)');
    expect(mails[2]!.text).toContain('<small>en hausse de 60 (+120\u00a0%)</small>');
    await remove(id);
    expect((await app.call('GET', `/snapshots/${run!.snapshot}.json`)).status).toBe(200);
  });

  it('is left by one click without an account, and joined again by whoever left alone', async () => {
    const { id } = await make({ at: '10:00', recipients: ['ada@maison.example', 'bo@maison.example'] });
    now += DAY;
    await expectMails(2);
    const { head } = mails.find(({ to }) => to.startsWith('ada'))!;
    expect(head).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    const [, token] = /List-Unsubscribe: <https:\/\/fanfare\.example\/api\/v1\/unsubscribe\/([\w-]+)>/.exec(
      head,
    )!;
    const path = `${app.url}/api/v1/unsubscribe/${token}`;
    // A scanner that opens every address ends nothing.
    const looked = await fetch(path, { redirect: 'manual' });
    expect([looked.status, looked.headers.get('location')]).toEqual([
      303,
      `https://fanfare.example/unsubscribe/${token}`,
    ]);
    const state = async (): Promise<Subscription> =>
      (await fetch(`${app.url}/api/v1/subscriptions/${token}`)).json() as Promise<Subscription>;
    expect(await state()).toEqual({
      ...{ brand: 'maison', schedule: 'Le point du jour', locale: 'fr', state: 'subscribed' },
    });
    const click = () =>
      fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      });
    expect((await click()).status).toBe(204);
    expect((await click()).status).toBe(204);
    expect((await state()).state).toBe('left');
    now += DAY;
    await expectMails(3);
    expect(mails[2]!.to).toBe('bo@maison.example');
    // Writing the address again does not bring them back.
    await app.call(
      'PUT',
      `/brands/maison/schedules/${id}`,
      draft({ at: '10:00', recipients: ['ada@maison.example'] }),
    );
    now += DAY;
    await expect.poll(async () => (await runsOf(id))[0]!.state, { timeout: 30_000 }).toBe('dropped');
    await expectMails(3);
    const again = {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"subscribed":true}',
    };
    await fetch(`${app.url}/api/v1/subscriptions/${token}`, again);
    now += DAY;
    await expectMails(4);
    await remove(id);
    expect((await click()).status).toBe(404);
    expect((await fetch(`${app.url}/api/v1/unsubscribe/AAAA`, { method: 'POST' })).status).toBe(404);
  });

  it('tries again when the mail server does not take it, sends nothing more when it is paused', async () => {
    const { id } = await make({ at: '11:00' });
    smtp.refusing = true;
    now += DAY;
    await refusal(id);
    smtp.refusing = false;
    await expectMails(0);
    now += 4 * 60_000;
    await expectMails(1);
    expect(await runsOf(id)).toMatchObject([{ state: 'sent', sent: 1 }]);
    smtp.refusing = true;
    now += DAY;
    await refusal(id);
    const paused = await act(id, 'pause');
    expect(paused.body).toMatchObject({ paused: true, next: null });
    smtp.refusing = false;
    now += 3 * DAY;
    await expectMails(1);
    await act(id, 'resume');
    await expectMails(1);
  });

  it('names what it does not take, and is not switched on without a mail server', async () => {
    for (const bad of [
      draft({ recipients: [] }),
      draft({ recipients: ['not an address'] }),
      draft({ recipients: ['a@b.example\r\nBcc: c@d.example'] }),
      draft({ recipients: Array.from({ length: 21 }, (_, i) => `p${i}@maison.example`) }),
      draft({ name: 'a\nSubject: b' }),
      draft({ name: '  ' }),
      draft({ cadence: 'weekly' }),
      draft({ cadence: 'monthly', day: 32 }),
      draft({ at: '24:00' }),
      {},
    ])
      expect((await app.call('POST', '/brands/maison/schedules', bad)).status).toBe(400);
    const { smtpUrl: _, ...without } = options;
    // One process has the database at a time.
    await app.app.close();
    app = await startApp(without);
    const made = await app.call('POST', '/brands/maison/schedules', draft({ name: '<b>Gras</b> & 🎄' }));
    const { id, paused } = made.body as ScheduleBody;
    expect(paused).toBe(true);
    expect((await app.call('POST', `/brands/maison/schedules/${id}/resume`)).status).toBe(502);
    const page = await fetch(`${app.url}/api/v1/brands/maison/schedules/${id}/preview`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('<h1><bdi>&lt;b&gt;Gras&lt;/b&gt; &amp; 🎄</bdi></h1>');
  });
});
