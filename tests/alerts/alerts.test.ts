import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertBody, AlertList, AlertPreview, NewAlert } from '@fanfare/contract';
import { connectTo } from '@fanfare/server/outgoing/call.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { Fans } from '../support/fans.ts';

/** Noon in Paris. */
const NOON = Date.parse('2026-11-22T11:00:30Z');
const HOUR = 3_600_000;

interface Call {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let [now, refusing] = [NOON, false];
const calls: Call[] = [];
const mails: string[] = [];
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    calls.push({ headers: request.headers, body });
    response.writeHead(refusing ? 500 : 204).end();
  });
});
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, _session, done) {
    let text = '';
    stream.on('data', (part: Buffer) => (text += part.toString()));
    stream.on('end', () => {
      mails.push(text);
      done();
    });
  },
});

let app: TestApp;
let [hook, options] = ['', {} as Parameters<typeof startApp>[0] & object];
let fans: Fans;

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  const { port } = smtp.server.address() as AddressInfo;
  options = {
    k: 10,
    clock: () => now,
    smtpUrl: `smtp://127.0.0.1:${port}`,
    alerts: { everyMs: 40, connect: connectTo(hook) },
  };
  app = await startApp(options);
  await app.makeBrand('maison');
  fans = new Fans(app, 'maison', () => now);
  await fans.consent(20);
});
afterAll(async () => {
  await app.close();
  receiver.close();
  await new Promise<void>((resolve) => smtp.close(resolve));
});

const draft = (more: object = {}) => ({
  ...{ name: 'Pic', measure: 'engagements@1', window: '1h', side: 'above', fire: 30, clear: 20 },
  ...more,
});
const make = async (more: object = {}) => {
  const { status, body } = await app.call('POST', '/brands/maison/alerts', draft(more));
  expect(status).toBe(201);
  return body as NewAlert;
};
const list = async (): Promise<AlertList> => (await app.call('GET', '/brands/maison/alerts')).body;
const one = async (id: number) => (await list()).alerts.find((alert) => alert.id === id)!;
const kinds = async (id: number) =>
  (await list()).events
    .filter(({ alert }) => alert === id)
    .map(({ kind }) => kind)
    .toReversed();

/** Wait until something holds: alerts are looked at every 40 ms here. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('that did not happen in time');
}

describe('alerts', () => {
  it('tell nothing that the board hides', async () => {
    await fans.act(5, 5);
    const { id } = await make({ fire: 1, clear: 0, measure: 'reach.active@1' });
    expect((await app.board('maison', '1h')).measures['reach.active@1']).toMatchObject({ suppressed: true });
    await until(async () => (await one(id)).last !== null);
    expect(await one(id)).toMatchObject({ firing: false, last: { value: null, n: null } });
    await app.call('DELETE', `/brands/maison/alerts/${id}`);
  });

  it('fire once, by mail and by a signed webhook, with the definition and the number of people', async () => {
    const { id, secret } = await make({ mails: ['equipe@maison.example'], webhook: `${hook}/a` });
    await fans.act(40);
    await until(() => calls.length > 0 && mails.length > 0);
    expect(await one(id)).toMatchObject({ firing: true, last: { value: 45, n: 45 } });
    const mail = mails[0]!.replaceAll(/=\r?\n/g, '');
    expect(mail).toContain('engagements@1');
    expect(mail).toMatch(/Personnes compt=C3=A9es[^\n]*45/);
    expect(mail).toMatch(/Message-ID: <alert-\d+@localhost>/i);
    const { headers, body } = calls[0]!;
    expect(JSON.parse(body)).toMatchObject({
      type: 'alert.fired',
      data: { brand: 'maison', alert: id, definition: 'engagements@1', value: 45, n: 45 },
    });
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    const key = Buffer.from(secret!.replace('whsec_', ''), 'base64');
    const signature = createHmac('sha256', key).update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${signature}`);
    await until(async () => (await list()).events[0]!.deliveries.every(({ state }) => state === 'sent'));
    await app.call('POST', `/brands/maison/alerts/${id}/acknowledge`);
    expect((await one(id)).acknowledgedAt).not.toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect([calls.length, mails.length]).toEqual([1, 1]);
    now += 2 * HOUR;
    await until(() => calls.length === 2);
    expect(await kinds(id)).toEqual(['fired', 'cleared']);
    await app.call('DELETE', `/brands/maison/alerts/${id}`);
    expect((await list()).events.filter(({ alert }) => alert === id)).toEqual([]);
  });

  it('try again after a refusal, and over a restart, and are then sent once', async () => {
    calls.length = 0;
    refusing = true;
    const { id } = await make({ fire: 1_000, clear: 900, webhook: `${hook}/b` });
    expect((await app.call('POST', `/brands/maison/alerts/${id}/test`)).status).toBe(202);
    await until(() => calls.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(calls).toHaveLength(1);
    const { database } = app;
    await app.app.close();
    app = await startApp({ ...options, database });
    refusing = false;
    now += 40_000;
    await until(() => calls.length === 2);
    await until(async () => (await list()).events[0]!.deliveries[0]!.state === 'sent');
    expect(calls[0]!.headers['webhook-id']).toBe(calls[1]!.headers['webhook-id']);
    now += 10 * HOUR;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(calls).toHaveLength(2);
    await app.call('DELETE', `/brands/maison/alerts/${id}`);
  });

  it('hold what happens in quiet hours of the brand, and tell it after as one', async () => {
    calls.length = 0;
    // 23 h in Paris.
    now = Date.parse('2026-11-23T22:00:30Z');
    fans = new Fans(app, 'maison', () => now);
    const { id } = await make({ webhook: `${hook}/c`, quiet: { from: '22:00', to: '07:00' } });
    await app.call('POST', '/brands/maison/events', bursts('night'));
    await until(async () => (await one(id)).firing);
    now += 3 * HOUR;
    await until(async () => !(await one(id)).firing);
    expect(await one(id)).toMatchObject({ waiting: true });
    expect(calls).toEqual([]);
    now = Date.parse('2026-11-24T06:00:30Z');
    await until(() => calls.length === 1);
    expect(JSON.parse(calls[0]!.body)).toMatchObject({
      type: 'alert.held',
      data: { quiet: { fired: 1, cleared: 1 }, value: 0, n: 0 },
    });
    expect(await kinds(id)).toEqual(['fired', 'cleared', 'held']);
    await app.call('DELETE', `/brands/maison/alerts/${id}`);
  });

  it('are silent while muted, and previewed, changed and refused', async () => {
    calls.length = 0;
    const made = await make({ webhook: `${hook}/d` });
    const until1 = new Date(now + HOUR).toISOString();
    const muted = await app.call('POST', `/brands/maison/alerts/${made.id}/mute`, { until: until1 });
    expect((muted.body as AlertBody).mutedUntil).toBe(until1);
    await app.call('POST', '/brands/maison/events', bursts('muted'));
    await until(async () => (await one(made.id)).firing);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(calls).toEqual([]);
    const { body } = await app.call('POST', '/brands/maison/alerts/preview', draft());
    expect((body as AlertPreview).fired).toBeGreaterThan(0);
    const same = await app.call('PUT', `/brands/maison/alerts/${made.id}`, draft({ webhook: `${hook}/d` }));
    expect((same.body as NewAlert).secret).toBeUndefined();
    const other = await app.call('PUT', `/brands/maison/alerts/${made.id}`, draft({ webhook: `${hook}/e` }));
    expect((other.body as NewAlert).secret).toMatch(/^whsec_/);
    for (const bad of [
      draft({ clear: 30 }),
      draft({ mails: ['a@b', 'c d@e'] }),
      draft({ webhook: 'ftp://x' }),
      {},
    ])
      expect((await app.call('POST', '/brands/maison/alerts', bad)).status).toBe(400);
    expect((await app.call('POST', '/brands/maison/alerts/999/test')).status).toBe(404);
    expect((await fetch(`${app.url}/api/v1/brands/maison/alerts`)).status).toBe(401);
  });
});

/** Forty comments of twenty fans at the present instant. */
function bursts(name: string): object[] {
  return Array.from({ length: 40 }, (_, i) => ({
    ...{ id: `${name}-${i}`, network: 'facebook', kind: 'share', fan: `f${i % 20}` },
    occurredAt: new Date(now).toISOString(),
  }));
}
