import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceDetail } from '@fanfare/contract';
import { startApp, type TestApp } from '../support/app.ts';
import { FakeSocial } from '../support/fake-social.ts';
import { STREAM_CASES, allow } from '../support/stream-cases.ts';

const now = Math.floor(Date.now() / 1_000) * 1_000;
const SOON = { timeout: 20_000, interval: 25 };
const SECRET = 'webhook-secret-of-the-administrator';
const mastodon = STREAM_CASES[1]!;
const FAN = 'ada@elsewhere.example';
let fake: FakeSocial;
let app: TestApp;
let token = '';
beforeAll(async () => {
  fake = await FakeSocial.start();
  token = fake.account('maison');
  const outside = { connect: fake.connect, resolveText: () => Promise.resolve([]) };
  app = await startApp({ clock: () => now, chance: () => 0.1, outside });
});
afterAll(async () => {
  await app.close();
  await fake.close();
});

const account = { id: '9', acct: FAN, bot: false, followers_count: 3 };
const status = (more: object = {}) => ({
  ...{
    id: '77',
    created_at: new Date(now - 60_000).toISOString(),
    visibility: 'public',
    content: '<p>good</p>',
  },
  ...{ account, mentions: [{ id: '1', acct: 'maison' }], ...more },
});
const connect = (brand: string, draft: object) =>
  app.call('POST', `/brands/${brand}/sources`, { connector: 'mastodon', name: 'M', ...draft });

describe('Mastodon', () => {
  it('is connected once its server has taken the token of that very account', async () => {
    const brand = await app.makeBrand('checked');
    const refused = async (draft: object) => {
      const { status: code, body } = await connect(brand, draft);
      return [code, (body as { detail?: string }).detail?.split(':')[0]];
    };
    expect(await refused({ account: 'maison', token })).toEqual([400, 'account']);
    expect(await refused({ account: '@maison@127.0.0.1', token })).toEqual([400, 'account']);
    expect(await refused({ account: '@other@social.example', token })).toEqual([400, 'account']);
    expect(await refused({ account: '@maison@social.example', token: 'another-token' })).toEqual([
      400,
      'token',
    ]);
    expect((await refused({ account: '@maison@nowhere.example', token }))[0]).toBe(502);
    expect((await connect(brand, { account: '@Maison@Social.example', token })).status).toBe(201);
    const [made] = (await app.call('GET', `/brands/${brand}/sources`)).body as SourceDetail[];
    expect(made).toMatchObject({ account: 'maison@social.example', readsFigures: false });
    expect(JSON.stringify(made)).not.toContain(token);
    await app.call('DELETE', `/brands/${brand}/sources/1`);
  });

  it('takes an administrator’s webhooks by their signature, and a status that comes both ways once', async () => {
    const brand = await app.makeBrand('both');
    await allow(app, brand, mastodon, [FAN], now - 3_600_000);
    const { body: made } = await connect(brand, { account: '@maison@social.example', token, secret: SECRET });
    const { id, url } = made as { id: number; url: string };
    const send = async (body: string, secret: string) => {
      const sign = createHmac('sha256', secret).update(body).digest('hex');
      const headers = { 'x-hub-signature': `sha256=${sign}` };
      return (await fetch(app.url + new URL(url).pathname, { method: 'POST', headers, body })).status;
    };
    const created = JSON.stringify({
      event: 'status.created',
      created_at: status().created_at,
      object: status(),
    });
    expect(await send(created, 'another')).toBe(401);
    expect(await send(created, '')).toBe(401);
    expect(await send(created, SECRET)).toBe(200);
    const look = async (): Promise<SourceDetail> =>
      (await app.call('GET', `/brands/${brand}/sources/${id}`)).body;
    await expect.poll(async () => (await look()).listening?.connected, SOON).toBe(true);
    fake.notify('maison', { type: 'mention', created_at: status().created_at, account, status: status() });
    await expect.poll(async () => (await look()).counts.duplicate, SOON).toBe(1);
    fake.notify('maison', {
      type: 'follow',
      created_at: status().created_at,
      account: { ...account, bot: true },
    });
    await expect.poll(async () => (await look()).counts.unusable, SOON).toBe(1);
    expect((await look()).letters.map(({ reason }) => reason)).toEqual(['bot']);
    expect((await app.board(brand, '1h')).measures['engagements@1']!.value).toBe(1);
    fake.refuses = true;
    fake.drop();
    await expect.poll(async () => (await look()).lastError?.code, SOON).toBe('token_refused');
    fake.refuses = false;
  });

  it('has no address without a secret of its own', async () => {
    const brand = await app.makeBrand('unsigned');
    const { body: made } = await connect(brand, { account: '@maison@social.example', token });
    const path = new URL((made as { url: string }).url).pathname;
    const body = JSON.stringify({ event: 'status.created', object: status() });
    const sign = createHmac('sha256', '').update(body).digest('hex');
    const headers = { 'x-hub-signature': `sha256=${sign}` };
    expect((await fetch(app.url + path, { method: 'POST', headers, body })).status).toBe(401);
  });
});
