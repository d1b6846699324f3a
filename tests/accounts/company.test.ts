import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MemberBody, SessionBody } from '@fanfare/contract';
import { createCompany } from '@fanfare/server/compose/company.ts';
import { ConfigFault, readConfig } from '@fanfare/server/config.ts';
import { startApp, type TestApp } from '../support/app.ts';
import {
  COMPANY_CLIENT,
  fakeCompany,
  type CompanyAnswer,
  type FakeCompany,
} from '../support/fake-company.ts';
import { ANALYST, browser, join, OWNER, setUp } from './person.ts';

type Person = ReturnType<typeof browser>;
const ANA = { sub: 'ana-1', email: ANALYST.email, email_verified: true, name: 'Ana' };
const BEGIN = '/api/auth/company?next=/b/maison';

let company: FakeCompany;
let app: TestApp;
let owner: Person;
let now = Date.now();
let settings: Record<string, string>;
beforeAll(async () => {
  company = await fakeCompany();
  settings = {
    OIDC_ISSUER: company.issuer,
    OIDC_CLIENT_ID: COMPANY_CLIENT.id,
    OIDC_CLIENT_SECRET: COMPANY_CLIENT.secret,
    OIDC_NAME: 'Maison',
    OIDC_DOMAINS: 'maison.example, filiale.example',
    OIDC_INSIDE: 'on',
  };
  app = await startApp({ env: settings, clock: () => now });
  owner = await setUp(app);
  await join(app, owner, 'manager', { ...ANALYST, email: 'known@elsewhere.example' });
});
afterAll(async () => {
  await app.close();
  await company.close();
});
// Attempts are counted by quarters of an hour.
beforeEach(() => {
  now += 16 * 60_000;
});

const localOf = (location: string | null): string => {
  const { pathname, search } = new URL(location!, app.url);
  return pathname + search;
};
/** To the company, in this browser; gives the path that it sends back to. */
const toCompany = async (who: Person): Promise<string> => {
  const begun = await who.call('GET', BEGIN);
  expect(begun.status).toBe(303);
  const there = await fetch(begun.answer.headers.get('location')!, { redirect: 'manual' });
  return localOf(there.headers.get('location'));
};
const backFrom = async (who: Person, path: string): Promise<string> => {
  const { status, answer } = await who.call('GET', path);
  expect(status).toBe(303);
  return answer.headers.get('location')!;
};
const through = async (answer: CompanyAnswer, who = browser(app)) => {
  company.answer = answer;
  return { who, to: await backFrom(who, await toCompany(who)) };
};
const session = async (who: Person): Promise<SessionBody> => (await who.call('GET', '/api/v1/session')).body;
const refused = async (answer: CompanyAnswer, reason: string) => {
  const { who, to } = await through(answer);
  expect(to).toBe(`/sign-in?company=${reason}&next=%2Fb%2Fmaison`);
  expect((await session(who)).signedIn).toBe(false);
};

describe('a company’s own sign-in', () => {
  it('is told of, and asks for a code by PKCE, state and nonce', async () => {
    const ways = await browser(app).call('GET', '/api/v1/sign-in-ways');
    expect(ways.body).toEqual({ mail: false, company: 'Maison' });
    const begun = await browser(app).call('GET', BEGIN);
    const asked = new URL(begun.answer.headers.get('location')!).searchParams;
    expect(asked.get('response_type')).toBe('code');
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('redirect_uri')).toBe('http://localhost:3000/api/auth/company/callback');
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(asked.get(name)!.length).toBeGreaterThan(40);
    expect(begun.lines.join()).toMatch(
      /^fanfare_company=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/,
    );
  });

  it('lets somebody of an allowed domain join, without a password, and knows them again', async () => {
    const { who, to } = await through({ claims: ANA });
    expect(to).toBe('/b/maison');
    const me = await session(who);
    expect(me).toMatchObject({ kind: 'member', email: ANALYST.email, name: 'Ana' });
    expect(me.organisations[0]!.role).toBe('analyst');
    expect((await who.signIn(ANALYST.email, 'anything at all')).status).toBe(401);
    // Their address at the company changed; who they are there did not.
    const again = await through({ claims: { ...ANA, email: 'ana.lys@maison.example' } });
    expect((await session(again.who)).email).toBe(ANALYST.email);
    const members = (await owner.call('GET', '/api/v1/members')).body as MemberBody[];
    expect(members).toHaveLength(3);
    expect((await who.call('DELETE', '/api/v1/session')).status).toBe(204);
    expect((await session(who)).signedIn).toBe(false);
  });

  it('lets in a member of any domain, and is kept in the audit log', async () => {
    const claims = { sub: 'known-1', email: 'Known@Elsewhere.example', email_verified: true };
    const { who } = await through({ claims });
    expect(await session(who)).toMatchObject({ kind: 'member', email: 'known@elsewhere.example' });
    const log = (await owner.call('GET', '/api/v1/audit?action=session.begun')).body;
    expect(JSON.stringify(log)).toContain('"way":"company"');
  });

  it('brings nobody else in', async () => {
    const other = { sub: 'o', email: 'o@other.example', email_verified: true };
    await refused({ claims: other }, 'unknown');
    await refused({ claims: { ...other, email: 'o@evil.maison.example' } }, 'unknown');
    await refused({ claims: { ...other, email: 'new@maison.example', email_verified: false } }, 'unverified');
    await refused(
      { claims: { ...other, email: 'new@maison.example', email_verified: 'true' } },
      'unverified',
    );
    await refused({ claims: { sub: 'o', email_verified: true } }, 'unverified');
    await refused({ claims: { ...other, email: OWNER.email, email_verified: false } }, 'unverified');
    // The address of somebody who is linked went to another person there.
    await refused({ claims: { ...ANA, sub: 'ana-2' } }, 'linked');
  });

  it.each<[string, CompanyAnswer]>([
    ['is signed by another key', { claims: ANA, signature: 'forged' }],
    ['is not signed', { claims: ANA, signature: 'none' }],
    ['is for another client', { claims: { ...ANA, aud: 'another' } }],
    ['is for two clients', { claims: { ...ANA, aud: [COMPANY_CLIENT.id, 'another'] } }],
    ['answers another question', { claims: { ...ANA, nonce: 'another' } }],
    ['answers no question', { claims: { ...ANA, nonce: undefined } }],
    ['is of another issuer', { claims: { ...ANA, iss: 'https://issuer.example' } }],
    ['is over', { claims: { ...ANA, exp: Math.floor(Date.now() / 1_000) - 120 } }],
    ['names nobody', { claims: { ...ANA, sub: undefined } }],
    ['is not there', { claims: ANA, silent: true }],
  ])('is refused when what it says %s', async (_, answer) => refused(answer, 'refused'));

  it('is good once, in the browser that began it, and only as it was begun', async () => {
    company.answer = { claims: ANA };
    const who = browser(app);
    const back = await toCompany(who);
    const handle = who.jar.get('fanfare_company')!;
    expect(await backFrom(browser(app), back)).toContain('company=over');
    expect(await backFrom(who, back)).toBe('/b/maison');
    const thief = browser(app);
    thief.jar.set('fanfare_company', handle);
    expect(await backFrom(thief, back)).toContain('company=over');
    // Another state, none, another issuer, an error: all of a sign-in that is under way.
    const changes: ((query: URLSearchParams) => void)[] = [
      (query) => query.set('state', 'another'),
      (query) => query.delete('state'),
      (query) => query.set('iss', 'https://issuer.example'),
      (query) => query.delete('iss'),
      (query) => query.set('code', 'another'),
      (query) => query.set('error', 'access_denied'),
    ];
    for (const change of changes) {
      const victim = browser(app);
      const [path = '', search] = (await toCompany(victim)).split('?');
      const query = new URLSearchParams(search);
      change(query);
      expect(await backFrom(victim, `${path}?${query.toString()}`), query.toString()).toContain(
        'company=refused',
      );
      expect((await session(victim)).signedIn).toBe(false);
    }
    // A code that was given to somebody else's browser.
    const [mine, theirs] = [browser(app), browser(app)];
    const [own, other] = [await toCompany(mine), await toCompany(theirs)];
    const query = new URLSearchParams(own.split('?')[1]);
    query.set('code', new URLSearchParams(other.split('?')[1]).get('code')!);
    expect(await backFrom(mine, `${own.split('?')[0]}?${query.toString()}`)).toContain('company=refused');
    expect(company.counts.refused).toBeGreaterThan(0);
  });

  it('is over after ten minutes, and goes on to no other site', async () => {
    const who = browser(app);
    const back = await toCompany(who);
    now += 10 * 60_000;
    expect(await backFrom(who, back)).toContain('company=over');
    company.answer = { claims: ANA };
    for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', '/%09/evil.example']) {
      now += 16 * 60_000;
      const one = browser(app);
      const begun = await one.call('GET', `/api/auth/company?next=${next}`);
      const there = await fetch(begun.answer.headers.get('location')!, { redirect: 'manual' });
      expect(await backFrom(one, localOf(there.headers.get('location')))).toBe('/');
    }
  });
});

describe('the server of a company', () => {
  it('is public and speaks https, unless the installation says otherwise', async () => {
    expect(() => readConfig({ ...settings, OIDC_INSIDE: 'off' })).toThrow(ConfigFault);
    expect(() => readConfig({ ...settings, OIDC_CLIENT_SECRET: undefined })).toThrow(ConfigFault);
    expect(() => readConfig({ ...settings, OIDC_ROLE: 'owner' })).toThrow(ConfigFault);
    expect(() => readConfig({ ...settings, OIDC_DOMAINS: '@maison' })).toThrow(ConfigFault);
    const port = new URL(company.issuer).port;
    for (const host of ['127.0.0.1', 'localhost', '169.254.169.254']) {
      const config = readConfig({ ...settings, OIDC_ISSUER: `https://${host}:${port}`, OIDC_INSIDE: 'off' });
      const made = (await createCompany(config, Date.now))!;
      await expect(made.begin(made.fresh()), host).rejects.toMatchObject({ code: 'unreachable' });
    }
  });

  it('is no way in where none is set', async () => {
    expect(await createCompany(readConfig({}), Date.now)).toBeNull();
  });
});
