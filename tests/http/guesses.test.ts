import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATTEMPTS_MS } from '@fanfare/server/http/accounts/attempts.ts';
import { browser, join, OWNER, setUp, totp } from '../accounts/person.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { pair } from '../support/display.ts';
import { guess, hitsIn, shareUnder, targets } from '../support/guesses.ts';

/** Of each kind; `pnpm drill guesses` makes 10,000 of each. */
const GUESSES = 130;
const CROWD = 130;

let app: TestApp;
/** From the beginning of a window of attempts on, so that no test meets the end of one by chance. */
let later = ATTEMPTS_MS - (Date.now() % ATTEMPTS_MS);
let owner: ReturnType<typeof browser>;
beforeAll(async () => {
  app = await startApp({ trustProxy: 'loopback', clock: () => Date.now() + later });
  owner = await setUp(app);
  await app.makeBrand('maison');
});
afterAll(() => app.close());

describe('a crowd that guesses', () => {
  it('hits nothing, and after a quarter of an hour somebody honest gets in', async () => {
    const waiting = browser(app, 'honest', { 'x-forwarded-for': '192.0.2.9' });
    const link = await shareUnder(app, 'maison', 'seven green apples');
    // Each of these costs a hash: they are for the drill, and passphrases for a test of their own.
    for (const target of targets(OWNER.email, 'maison', link).filter(
      ({ name }) => !/many accounts|passphrases/.test(name),
    )) {
      const seen = await guess(app, target, GUESSES, CROWD);
      expect([target.name, hitsIn(seen)]).toEqual([target.name, 0]);
      expect([target.name, [...seen.keys()].filter((status) => status >= 500)]).toEqual([target.name, []]);
    }
    // The crowd has used up the tries at this account, but not those of a browser that is signed in.
    expect((await waiting.signIn(OWNER.email, OWNER.password)).status).toBe(429);
    expect((await owner.signIn(OWNER.email, OWNER.password)).status).toBe(200);
    later += ATTEMPTS_MS;
    expect((await waiting.signIn(OWNER.email, OWNER.password)).status).toBe(200);
    expect((await pair(app, ['maison'])).own.brands).toEqual(['maison']);
  });

  it('that knows a password has ten tries at its second step, from wherever', async () => {
    later += ATTEMPTS_MS;
    const who = { name: 'To', email: 'to@maison.example', password: 'neuf lampes rouges' };
    const { person } = await join(app, owner, 'analyst', who);
    const begun = await person.call('POST', '/api/auth/two-factor/enable', { password: who.password });
    const secret = new URL((begun.body as { totpURI: string }).totpURI).searchParams.get('secret')!;
    await person.call('POST', '/api/auth/two-factor/verify-totp', { code: totp(secret) });
    let tries = 0;
    for (let i = 0; i < 6; i++) {
      const thief = browser(app, 'thief', { 'x-forwarded-for': `198.51.100.${i}` });
      expect((await thief.signIn(who.email, who.password)).body).toMatchObject({ twoFactorRedirect: true });
      for (let j = 0; j < 6; j++)
        if ((await thief.call('POST', '/api/auth/two-factor/verify-totp', { code: '000000' })).status === 401)
          tries++;
    }
    expect(tries).toBeLessThanOrEqual(12);
    const last = browser(app, 'thief', { 'x-forwarded-for': '198.51.100.99' });
    await last.signIn(who.email, who.password);
    expect((await last.call('POST', '/api/auth/two-factor/verify-totp', { code: totp(secret) })).status).toBe(
      429,
    );
  });
});

describe('a passphrase of a link', () => {
  it('is tried ten times from one address, however many are sent at once, and opens for who knows it', async () => {
    later += ATTEMPTS_MS;
    const wanted = { passphrase: 'seven green apples' };
    const secret = await shareUnder(app, 'maison', wanted.passphrase);
    const say = async (from: string, passphrase: string) => {
      const one = browser(app, 'reader', { 'x-forwarded-for': from });
      return (await one.call('POST', `/api/v1/shared/${secret}/passphrase`, { passphrase })).status;
    };
    const wrong = await Promise.all(
      Array.from({ length: 40 }, (_, i) => say('198.51.100.7', `wrong one ${i}`)),
    );
    expect([
      wrong.filter((status) => status === 403).length,
      wrong.filter((status) => status === 429).length,
    ]).toEqual([10, 30]);
    expect(await say('198.51.100.7', wanted.passphrase)).toBe(429);
    for (let i = 0; i < 12; i++) expect(await say('198.51.100.8', wanted.passphrase)).toBe(204);
    later += ATTEMPTS_MS;
    expect(await say('198.51.100.7', wanted.passphrase)).toBe(204);
  });
});

describe('a code that was used', () => {
  it('opens nothing a second time', async () => {
    later += ATTEMPTS_MS;
    const who = { name: 'Re', email: 're@maison.example', password: 'huit pommes vertes' };
    const { person } = await join(app, owner, 'analyst', who);
    const begun = await person.call('POST', '/api/auth/two-factor/enable', { password: who.password });
    const secret = new URL((begun.body as { totpURI: string }).totpURI).searchParams.get('secret')!;
    await person.call('POST', '/api/auth/two-factor/verify-totp', { code: totp(secret) });
    const code = totp(secret);
    const signIn = async (from: string) => {
      const one = browser(app, 'replay', { 'x-forwarded-for': from });
      await one.signIn(who.email, who.password);
      const { status } = await one.call('POST', '/api/auth/two-factor/verify-totp', { code });
      const { body } = await one.call('GET', '/api/v1/session');
      return [status, (body as { signedIn: boolean }).signedIn];
    };
    const first = await signIn('192.0.2.20');
    expect([first, await signIn('192.0.2.21')]).toEqual([
      [200, true],
      [401, false],
    ]);
  });
});
