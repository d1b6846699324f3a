import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MemberBody, ResetMade, SessionBody } from '@fanfare/contract';
import { startApp, type TestApp } from '../support/app.ts';
import { browser, OWNER, setUp } from './person.ts';

const WHO = { name: 'Mo', email: 'mo@maison.example', password: 'trois ponts de pierre' };
const NEW = 'cinq fenêtres ouvertes';
const HOUR = 3_600_000;

let mails: SMTPServer;
let app: TestApp;
let owner: ReturnType<typeof browser>;
let now = Date.now();
/** Mails that came: to whom, and the secret of the link in it. */
const came: { to: string; secret: string }[] = [];

beforeAll(async () => {
  mails = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const plain = Buffer.concat(parts)
          .toString()
          .replaceAll(/=\r?\n/g, '');
        const secret = /\/password\/([\w-]{43})/.exec(plain)?.[1];
        if (secret) came.push({ to: session.envelope.rcptTo[0]!.address, secret });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => mails.listen(0, '127.0.0.1', resolve));
  const { port } = mails.server.address() as AddressInfo;
  app = await startApp({ smtpUrl: `smtp://127.0.0.1:${port}`, clock: () => now });
  owner = await setUp(app);
});
afterAll(async () => {
  await app.close();
  await new Promise<void>((resolve) => mails.close(resolve));
});
// Attempts are counted by quarters of an hour.
beforeEach(() => {
  now += 16 * 60_000;
  came.length = 0;
});

const ask = (email: string) => browser(app).call('POST', '/api/v1/password-resets', { email });
const take = (secret: string, password: string, who = browser(app)) =>
  who.call('POST', `/api/v1/password-resets/${secret}`, { password });
const signs = async (password: string) => (await browser(app).signIn(OWNER.email, password)).status;
const mailed = async (): Promise<string> => {
  await expect.poll(() => came.length, { timeout: 30_000 }).toBe(1);
  return came[0]!.secret;
};

describe('a forgotten password', () => {
  it('is answered by a mail whose link changes it once, and ends every sign-in', async () => {
    expect((await ask(OWNER.email.toUpperCase())).status).toBe(202);
    const secret = await mailed();
    expect(came[0]!.to).toBe(OWNER.email);
    const kept = await app.database.sql`select * from auth_verification`;
    expect(JSON.stringify(kept)).not.toContain(secret);
    const shown = await browser(app).call('GET', `/api/v1/password-resets/${secret}`);
    expect(shown.body).toEqual({ name: OWNER.name, email: OWNER.email });
    expect(await take(secret, 'motdepasse1234')).toMatchObject({ status: 422, body: { detail: 'common' } });
    expect((await take(secret, NEW)).status).toBe(204);
    expect(await take(secret, OWNER.password)).toMatchObject({ status: 403, body: { code: 'link_refused' } });
    expect(((await owner.call('GET', '/api/v1/session')).body as SessionBody).signedIn).toBe(false);
    expect([await signs(OWNER.password), await signs(NEW)]).toEqual([401, 200]);
    await owner.signIn(OWNER.email, NEW);
    const log = (await owner.call('GET', '/api/v1/audit?action=credential.changed')).body;
    expect(JSON.stringify(log)).toContain('password_reset');
    expect(JSON.stringify(log)).toContain('reset_asked');
  });

  it('says and takes the same for an address nobody has', async () => {
    const times: Record<string, number[]> = { [OWNER.email]: [], 'nobody@maison.example': [] };
    const answers = new Set<string>();
    for (let i = 0; i < 12; i++) {
      for (const [email, taken] of Object.entries(times)) {
        const began = performance.now();
        const { status, body, answer } = await ask(email);
        taken.push(performance.now() - began);
        answers.add(JSON.stringify([status, body, [...answer.headers.keys()].sort()]));
      }
    }
    expect(answers.size).toBe(1);
    const [known, unknown] = Object.values(times).map((taken) => taken.sort((a, b) => a - b)[6]!);
    expect(Math.abs(known! - unknown!)).toBeLessThan(Math.max(25, unknown! / 2));
    // A flood for one account is a few mails.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(came.length).toBeLessThanOrEqual(5);
    expect(came.every(({ to }) => to === OWNER.email)).toBe(true);
  });

  it('is over after an hour, and by a later link', async () => {
    await ask(OWNER.email);
    const first = await mailed();
    came.length = 0;
    await ask(OWNER.email);
    const second = await mailed();
    expect((await take(first, NEW)).status).toBe(403);
    now += HOUR;
    expect((await take(second, NEW)).status).toBe(403);
    expect((await browser(app).call('GET', `/api/v1/password-resets/${second}`)).status).toBe(403);
  });

  it('is no way in for another site, or for guesses', async () => {
    const cross = await fetch(`${app.url}/api/v1/password-resets`, {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'content-type': 'application/json' },
      body: JSON.stringify({ email: OWNER.email }),
    });
    expect(cross.status).toBe(403);
    const guesser = browser(app);
    const answers = new Set<number>();
    for (let i = 0; i < 80; i++) answers.add((await take(`guess-${i}`, NEW, guesser)).status);
    expect([...answers]).toEqual([403, 429]);
  });
});

describe('a link made by an owner', () => {
  let person: ReturnType<typeof browser>;
  const idOf = async (email: string) =>
    ((await app.call('GET', '/members')).body as MemberBody[]).find((one) => one.email === email)!.user;

  const enter = async (role: string, { name, email, password }: typeof WHO) => {
    const { link } = (await app.call('POST', '/invitations', { email, role })).body as { link: string };
    const entering = browser(app);
    const offer = `/api/v1/invitations/offer/${new URL(link).pathname.split('/').at(-1)!}`;
    expect((await entering.call('POST', offer, { name, password })).status).toBe(204);
    return entering;
  };

  // From here on without a mail server; and the owner belongs to another organisation too.
  beforeAll(async () => {
    const { sql } = app.database;
    const user = await idOf(OWNER.email);
    await sql`insert into organisation (name, created_at) values ('Autre', ${now})`;
    await sql`insert into member (organisation_id, user_id, role, created_at)
      select max(id), ${user}, 'analyst', ${now} from organisation`;
    await app.app.close();
    app = await startApp({ database: app.database, clock: () => now });
    await enter('analyst', WHO);
    person = await enter('owner', { name: 'Two', email: 'two@maison.example', password: 'six clés de fer' });
  });

  it('is handed over where no mail is sent, by those who manage members alone', async () => {
    const analyst = browser(app);
    await analyst.signIn(WHO.email, WHO.password);
    const path = `/api/v1/members/${await idOf(WHO.email)}/password-reset`;
    expect((await analyst.call('POST', path)).status).toBe(403);
    const { status, body } = await person.call('POST', path);
    expect(status).toBe(201);
    const secret = new URL((body as ResetMade).link!).pathname.split('/').at(-1)!;
    expect((await person.call('POST', '/api/v1/members/nobody/password-reset')).status).toBe(404);
    expect((await take(secret, NEW)).status).toBe(204);
    expect(((await analyst.call('GET', '/api/v1/session')).body as SessionBody).signedIn).toBe(false);
    expect((await browser(app).signIn(WHO.email, NEW)).status).toBe(200);
  });

  it('opens no other organisation, but by the installation itself', async () => {
    const path = `/members/${await idOf(OWNER.email)}/password-reset`;
    const refused = await person.call('POST', `/api/v1${path}`);
    expect(refused).toMatchObject({ status: 403, body: { detail: 'other_organisation' } });
    expect((await app.call('POST', path)).status).toBe(201);
  });
});
