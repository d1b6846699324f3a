import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ConfigFault, readConfig } from '@fanfare/server/config.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { FanVisit, invite, visitAs } from '../support/fan-visit.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
let now = Date.parse('2026-11-20T10:00:00Z');
let app: TestApp;
let mails: SMTPServer;
let last = '';

beforeAll(async () => {
  mails = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        last = Buffer.concat(parts).toString();
        done();
      });
    },
  });
  await new Promise<void>((resolve) => mails.listen(0, '127.0.0.1', resolve));
  const { port } = mails.server.address() as AddressInfo;
  app = await startApp({
    clock: () => now,
    smtpUrl: `smtp://127.0.0.1:${port}`,
  });
  await app.makeBrand('maison');
  await app.makeBrand('autre');
});
afterAll(async () => {
  await app.close();
  await new Promise<void>((resolve) => mails.close(resolve));
});
// A new minute, a new allowance.
beforeEach(() => {
  now += MINUTE;
});

const open = (brand: string, link: unknown) =>
  new FanVisit(app).call('POST', `/fan/${brand}/session`, { link });

describe('a one-time link', () => {
  it('opens the page once, for half an hour', async () => {
    const link = await invite(app, 'maison', '1');
    const visit = new FanVisit(app);
    const opened = await visit.call('POST', '/fan/maison/session', { link });
    expect(opened.status).toBe(204);
    expect(opened.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax; Max-Age=1800$/);
    expect((await visit.call('GET', '/fan/maison/state')).body).toMatchObject({ account: { fan: '1' } });
    expect(await open('maison', link)).toMatchObject({ status: 403, body: { code: 'link_refused' } });
    expect((await visit.call('GET', '/fan/autre/state')).status).toBe(401);
    now += 31 * MINUTE;
    expect((await visit.call('GET', '/fan/maison/state')).status).toBe(401);
  });

  it('names nobody in the clear', async () => {
    const link = await invite(app, 'maison', 'marie.martin.998877');
    const visit = new FanVisit(app);
    await visit.call('POST', '/fan/maison/session', { link });
    for (const text of [link, visit.cookies.get('fanfare_fan') ?? '']) {
      expect(Buffer.from(text, 'base64url').toString()).not.toContain('998877');
    }
    const rows = await app.database.sql`select * from fan_link_used`;
    expect(JSON.stringify(rows)).not.toContain('998877');
  });

  it('is refused in one way: forged, altered, replayed, expired, of another brand or of none', async () => {
    const used = await invite(app, 'maison', '1');
    await open('maison', used);
    const fresh = await invite(app, 'maison', '1');
    const other = await invite(app, 'autre', '1');
    const stranger = await invite(app, 'maison', 'never-seen');
    const answers = [];
    for (const [brand, link] of [
      ['maison', used],
      ['maison', other],
      ['maison', `${fresh.slice(0, -2)}AA`],
      ['maison', 'x'.repeat(300)],
      ['maison', ''],
      ['maison', 7],
      ['not-a-brand', fresh],
    ] as const) {
      answers.push(await open(brand, link));
    }
    now += 7 * DAY + 1;
    answers.push(await open('maison', fresh), await open('maison', stranger));
    for (const { status, body, headers } of answers) {
      const { requestId, ...told } = body as { requestId: string };
      expect(requestId).toBeTruthy();
      expect({ status, ...told, cookie: headers.get('set-cookie') }).toEqual({
        type: 'about:blank#link_refused',
        title: 'This link is not valid, or not any more',
        detail: 'This link is not valid, or not any more',
        status: 403,
        code: 'link_refused',
        cookie: null,
      });
    }
  });

  it('cannot be used twice at the same moment', async () => {
    const link = await invite(app, 'maison', '1');
    const answers = await Promise.all(Array.from({ length: 8 }, () => open('maison', link)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  });

  it('forgets used links once they have expired', async () => {
    await open('maison', await invite(app, 'maison', '1'));
    now += 8 * DAY;
    await open('maison', await invite(app, 'maison', '1'));
    const rows = await app.database.sql`select 1 from fan_link_used f join brand b on b.id = f.brand_id
      where b.slug = 'maison'`;
    expect(rows).toHaveLength(1);
  });

  it('is the same for a fan the brand knows and for one it has never seen', async () => {
    const known = await visitAs(app, 'maison', 'known');
    const { notice } = (await known.call('GET', '/fan/maison/state')).body as { notice: object };
    await known.call('POST', '/fan/maison/consent', { purposes: { measure: true }, age: '18+', notice });
    const spent: number[][] = [[], []];
    for (let round = 0; round < 30; round++) {
      for (const [which, fan] of ['known', `stranger-${round}`].entries()) {
        const link = await invite(app, 'maison', fan);
        now += MINUTE;
        const begun = performance.now();
        expect((await open('maison', link)).status).toBe(204);
        spent[which]!.push(performance.now() - begun);
      }
    }
    // The quick ones: what makes the others slow is the noise of a busy machine.
    const [a, b] = spent.map((list) => list.toSorted((x, y) => x - y)[4]!);
    expect(Math.abs(a! - b!)).toBeLessThan(Math.max(5, a!));
  });

  it('is limited per address', async () => {
    const answers = [];
    for (let i = 0; i < 12; i++) answers.push(await open('maison', 'x'));
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(10).fill(403), 429, 429]);
    expect(answers.at(-1)).toMatchObject({ body: { code: 'too_many_requests' } });
    expect(answers.at(-1)?.headers.get('retry-after')).toBe('60');
  });

  it('is not opened by a form of another site', async () => {
    const visit = new FanVisit(app, { origin: 'https://evil.example' });
    const link = await invite(app, 'maison', '1');
    expect((await visit.call('POST', '/fan/maison/session', { link })).body).toMatchObject({
      code: 'bad_origin',
    });
    expect((await open('maison', link)).status).toBe(204);
  });
});

describe('an invitation', () => {
  it('goes by mail in both languages, the link to be opened in the fan’s', async () => {
    const { status, body } = await app.call('POST', '/brands/maison/fans/invite', {
      network: 'facebook',
      fan: '1',
      email: 'fan@example.org',
      locale: 'en',
    });
    expect({ status, body }).toMatchObject({ status: 201, body: { sent: true } });
    expect(body).not.toHaveProperty('link');
    const text = last.replaceAll(/=\r\n/g, '').replaceAll('=3D', '=');
    expect(text).toContain('To: fan@example.org');
    const [, link] = /http:\/\/localhost:3000\/en\/fan\/maison\?link=([\w-]+)/.exec(text) ?? [];
    expect((await open('maison', link)).status).toBe(204);
    expect(text.indexOf('Hello')).toBeLessThan(text.indexOf('Bonjour'));
  });

  it('is made by the team alone, from what is well formed', async () => {
    const path = '/brands/maison/fans/invite';
    const good = { network: 'facebook', fan: '1' };
    expect((await new FanVisit(app).call('POST', path, good)).status).toBe(401);
    for (const bad of [
      { ...good, email: 'a@b' },
      { ...good, email: 'a@example.org\r\nBcc: b@example.org' },
      { ...good, locale: 'de' },
      { ...good, fan: 7 },
      { ...good, network: 'myspace' },
      { ...good, more: 1 },
      null,
    ]) {
      expect((await app.call('POST', path, bad)).status).toBe(400);
    }
  });

  it('says when the mail server is not there', async () => {
    const lone = await startApp({ smtpUrl: 'smtp://127.0.0.1:1' });
    await lone.makeBrand('maison');
    const { status, body } = await lone.call('POST', '/brands/maison/fans/invite', {
      network: 'facebook',
      fan: '1',
      email: 'fan@example.org',
    });
    await lone.close();
    expect({ status, body }).toMatchObject({ status: 502, body: { code: 'unreachable' } });
    expect(JSON.stringify(body)).not.toContain('fan@example.org');
  });

  it('needs settings that make sense', () => {
    for (const SMTP_URL of ['mail.example', 'http://mail.example', 'smtp://', 'smtp:x'])
      expect(() => readConfig({ SMTP_URL })).toThrow(ConfigFault);
    expect(() => readConfig({ MAIL_FROM: 'x\r\nBcc: <a@b.c>' })).toThrow(ConfigFault);
    expect(readConfig({ SMTP_URL: 'smtps://me:secret@mail.example:465' }).mailFrom).toContain('@localhost');
  });
});

describe('a fan’s page', () => {
  it('takes no act without a visit, from another site, or in a flood', async () => {
    const brand = await app.makeBrand();
    expect((await new FanVisit(app).call('POST', `/fan/${brand}/withdraw`, {})).status).toBe(401);
    const visit = await visitAs(app, brand, '1');
    const evil = new FanVisit(app, { origin: 'https://evil.example' });
    visit.cookies.forEach((value, name) => evil.cookies.set(name, value));
    expect((await evil.call('POST', `/fan/${brand}/withdraw`, {})).body).toMatchObject({
      code: 'bad_origin',
    });
    now += MINUTE;
    const codes = [];
    for (let i = 0; i < 32; i++) codes.push((await visit.call('POST', `/fan/${brand}/withdraw`, {})).status);
    expect(codes).toEqual([...Array<number>(30).fill(200), 429, 429]);
  });
});
