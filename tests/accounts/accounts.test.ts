import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InvitedBody, MemberBody, OwnSession, SessionBody } from '@fanfare/contract';
import { startApp, TOKEN, type TestApp } from '../support/app.ts';
import { connect, isChange, TRANSPORTS } from '../support/live-client.ts';
import { ANALYST, browser, join, OWNER, setUp, totp } from './person.ts';

let app: TestApp;
let owner: ReturnType<typeof browser>;
let brand: string;
beforeAll(async () => {
  app = await startApp();
  owner = await setUp(app);
  brand = await app.makeBrand();
});
afterAll(() => app.close());

const session = async (who: ReturnType<typeof browser>): Promise<SessionBody> =>
  (await who.call('GET', '/api/v1/session')).body;

describe('the first run', () => {
  it('makes one owner, once', async () => {
    const me = await session(owner);
    expect(me).toMatchObject({ kind: 'member', email: OWNER.email, needsOwner: false });
    expect(me.organisations[0]).toMatchObject({ role: 'owner' });
    expect((await owner.call('GET', `/api/v1/brands/${brand}/board`)).status).toBe(200);
    expect((await app.call('POST', '/set-up', OWNER)).status).toBe(409);
    const late = await browser(app).call('GET', `/api/v1/session/link/${app.app.access.link}`);
    expect(late.answer.headers.get('location')).toBe('/sign-in?link=used');
    expect((await browser(app).call('POST', '/api/v1/set-up', OWNER)).status).toBe(401);
  });

  it('keeps no password and gives no token to scripts', async () => {
    const visitor = browser(app);
    const { status, body, lines } = await visitor.signIn(OWNER.email.toUpperCase(), OWNER.password);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain('token');
    const cookie = lines.find((line) => line.startsWith('fanfare='))!;
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    const [row] = await app.database.sql<{ password: string }[]>`select password from auth_account limit 1`;
    expect(row!.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe('behind https', () => {
  it('cookies are for this host and https alone', async () => {
    const safe = await startApp({ publicUrl: 'https://fanfare.example' });
    await setUp(safe);
    const { lines } = await browser(safe).signIn(OWNER.email, OWNER.password);
    const cookie = lines.find((line) => line.startsWith('__Host-fanfare='))!;
    for (const part of [/; Secure/i, /; Path=\/(;|$)/i, /; HttpOnly/i]) expect(cookie).toMatch(part);
    expect(cookie).not.toMatch(/domain=/i);
    await safe.close();
  });
});

describe('an invitation', () => {
  it('is good once, for its address and role, and no secret is kept', async () => {
    const { person, secret } = await join(app, owner, 'analyst', ANALYST);
    const { organisations } = await session(person);
    expect(organisations[0]!.role).toBe('analyst');
    expect(organisations[0]!.may).not.toContain('members.manage');
    expect((await person.call('GET', `/api/v1/brands/${brand}/board`)).status).toBe(200);
    for (const path of ['/api/v1/members', '/api/v1/invitations'])
      expect((await person.call('GET', path)).status).toBe(403);
    expect((await person.call('POST', '/api/v1/brands', { slug: 'x-y', name: 'x' })).status).toBe(403);
    expect((await browser(app).call('GET', `/api/v1/invitations/offer/${secret}`)).status).toBe(403);
    const again = await owner.call('POST', '/api/v1/invitations', { email: ANALYST.email, role: 'owner' });
    expect(again.status).toBe(409);
  });

  it('can be withdrawn, and refuses a password that would be guessed', async () => {
    const made = await owner.call('POST', '/api/v1/invitations', {
      email: 'x@maison.example',
      role: 'manager',
    });
    const { id, link, mailed } = made.body as InvitedBody;
    expect(mailed).toBe(false);
    const secret = link!.split('/').at(-1)!;
    const weak = { name: 'X', password: 'Password1234' };
    const refused = await browser(app).call('POST', `/api/v1/invitations/offer/${secret}`, weak);
    expect(refused).toMatchObject({ status: 422, body: { code: 'weak_password', detail: 'common' } });
    expect((await owner.call('DELETE', `/api/v1/invitations/${id}`)).status).toBe(204);
    expect((await browser(app).call('GET', `/api/v1/invitations/offer/${secret}`)).status).toBe(403);
  });
});

describe('what ends a sign-in', () => {
  const member = { name: 'Mo', email: 'mo@maison.example', password: 'trois ponts de pierre' };
  const idOf = async (email: string) => {
    const members = (await owner.call('GET', '/api/v1/members')).body as MemberBody[];
    return members.find((one) => one.email === email)!.user;
  };

  it.each(TRANSPORTS)('reaches open sockets within five seconds: %s', async (way) => {
    const { person } = await join(app, owner, 'manager', { ...member, email: `${way}@maison.example` });
    const id = await idOf(`${way}@maison.example`);
    const live = await connect(way, app.url, {
      token: null,
      headers: { cookie: person.cookie, origin: app.url },
    });
    live.watch(brand, '1h');
    await live.next(isChange);
    const began = performance.now();
    expect((await owner.call('PATCH', `/api/v1/members/${id}`, { role: 'compliance' })).status).toBe(200);
    await live.ended;
    expect(performance.now() - began).toBeLessThan(5_000);
    expect((await person.call('GET', `/api/v1/brands/${brand}/board`)).status).toBe(403);
    expect((await owner.call('DELETE', `/api/v1/members/${id}`)).status).toBe(204);
    expect((await person.call('GET', `/api/v1/brands/${brand}/board`)).status).toBe(401);
    expect((await person.signIn(`${way}@maison.example`, member.password)).status).toBe(401);
  });

  it('is one’s own list of sign-ins, and signing out', async () => {
    const { person } = await join(app, owner, 'analyst', member);
    const second = browser(app, 'second device');
    await second.signIn(member.email, member.password);
    const own = (await person.call('GET', '/api/v1/sessions')).body as OwnSession[];
    expect(own).toHaveLength(2);
    expect(JSON.stringify(own)).not.toContain('second device');
    const other = own.find(({ current }) => !current)!;
    expect((await owner.call('DELETE', `/api/v1/sessions/${other.id}`)).status).toBe(404);
    expect((await person.call('DELETE', `/api/v1/sessions/${other.id}`)).status).toBe(204);
    expect((await session(second)).signedIn).toBe(false);
    const stolen = browser(app);
    for (const [name, value] of person.jar) stolen.jar.set(name, value);
    expect((await person.call('DELETE', '/api/v1/session')).status).toBe(204);
    expect((await session(stolen)).signedIn).toBe(false);
  });

  it('never leaves an organisation without an owner', async () => {
    const id = await idOf(OWNER.email);
    expect((await owner.call('PATCH', `/api/v1/members/${id}`, { role: 'analyst' })).status).toBe(409);
    expect((await owner.call('DELETE', `/api/v1/members/${id}`)).status).toBe(409);
  });
});

describe('a second step', () => {
  it('is asked for once it is set up, and the password alone opens nothing', async () => {
    const who = { name: 'To', email: 'to@maison.example', password: 'neuf lampes rouges' };
    const { person } = await join(app, owner, 'analyst', who);
    const begun = await person.call('POST', '/api/auth/two-factor/enable', { password: who.password });
    expect(begun.status).toBe(200);
    const { totpURI } = begun.body as { totpURI: string };
    const secret = new URL(totpURI).searchParams.get('secret')!;
    const enabled = await person.call('POST', '/api/auth/two-factor/verify-totp', { code: totp(secret) });
    expect(enabled.status).toBe(200);
    const fresh = browser(app);
    expect((await fresh.signIn(who.email, who.password)).body).toMatchObject({ twoFactorRedirect: true });
    expect((await session(fresh)).signedIn).toBe(false);
    const wrong = await fresh.call('POST', '/api/auth/two-factor/verify-totp', { code: '000000' });
    expect(wrong.status).toBe(401);
    const right = await fresh.call('POST', '/api/auth/two-factor/verify-totp', { code: totp(secret) });
    expect(right.status).toBe(200);
    expect((await session(fresh)).email).toBe(who.email);
  });
});

describe('somebody else', () => {
  it('learns nothing of who has an account, and nothing crosses sites', async () => {
    const answers = await Promise.all(
      [OWNER.email, 'nobody@maison.example'].map((email) => browser(app).signIn(email, 'not the password')),
    );
    const [known, unknown] = answers.map(({ status, body }) => [status, (body as { detail: string }).detail]);
    expect(known).toEqual(unknown);
    const cross = await fetch(`${app.url}/api/v1/invitations`, {
      method: 'POST',
      headers: { cookie: owner.cookie, origin: 'https://evil.example', 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'e@evil.example', role: 'owner' }),
    });
    expect(cross.status).toBe(403);
    const bearer = await fetch(`${app.url}/api/v1/members`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(bearer.status).toBe(200);
    for (const path of ['/sign-up/email', '/update-user', '/delete-user', '/list-sessions', '/get-session'])
      expect((await owner.call('POST', `/api/auth${path}`, {})).status).toBe(404);
  });
});
