import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { ANALYST, OWNER, totp } from '../accounts/person.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { PHONE, axe } from './fan-stage.ts';
import { visit, type Visit } from './visit.ts';

let app: TestApp;
let browser: Browser;
let owner: Visit;
let found: string[] = [];
/** The address people type: passkeys are for names, not for numbers. */
let at = '';

beforeAll(async () => {
  [app, browser] = await Promise.all([
    startApp({ pages: true, publicUrl: 'http://localhost:3000' }),
    launchBrowser(),
  ]);
  at = app.url;
  await app.makeBrand('maison');
  // No colour on its way to another while axe looks.
  owner = await visit(browser, app, { guest: true, reducedMotion: 'reduce', ...PHONE });
  owner.page.setDefaultTimeout(20_000);
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

const look = async (page: Page, name: string) => {
  found = [...found, ...(await axe(page, name))];
};
const type = async (page: Page, fields: Record<string, string>) => {
  for (const [id, value] of Object.entries(fields)) await page.fill(`#${id}`, value);
};

describe('accounts, in a browser', () => {
  it('begin with the printed link, which makes the owner', async () => {
    const { page } = owner;
    await page.goto(`${at}/api/v1/session/link/${app.app.access.link}`);
    expect(new URL(page.url()).pathname).toBe('/set-up');
    await look(page, 'set-up');
    await type(page, { ...OWNER, password: 'motdepasse1234' });
    await page.click('main form .primary');
    expect(await page.textContent('[role=alert]')).toContain('trop courant');
    await look(page, 'set-up refused');
    await type(page, OWNER);
    await page.click('main form .primary');
    await page.waitForURL(`${at}/`);
    expect(await page.locator('main').textContent()).toContain('maison');
  });

  it('go on with an invitation, and show an analyst what an analyst may see', async () => {
    const { page } = owner;
    await page.goto(`${at}/team`);
    await type(page, { email: ANALYST.email });
    await page.selectOption('#role', 'analyst');
    await page.click('form[action="?/invite"] button');
    const link = (await page.textContent('[data-link]'))!;
    await look(page, 'team');

    const analyst = await visit(browser, app, { guest: true, locale: 'en-GB' });
    const path = new URL(link).pathname;
    await analyst.page.goto(`${at}/en${path}`);
    expect(await analyst.page.locator('main').textContent()).toContain('“Analyst”');
    await look(analyst.page, 'invitation');
    await type(analyst.page, { name: ANALYST.name, password: ANALYST.password });
    await analyst.page.click('main form .primary');
    await analyst.page.waitForURL(/\/en\/?$/);
    await analyst.page.goto(`${at}/en/b/maison`);
    await analyst.page.waitForSelector('h1');
    await analyst.page.goto(`${at}/en/team`);
    expect(await analyst.page.locator('form[action="?/invite"]').count()).toBe(0);
    expect(await analyst.page.locator('main').textContent()).toContain('Your role: Analyst.');
    await look(analyst.page, 'team of an analyst');
    await analyst.page.goto(`${at}/en${path}`);
    expect(await analyst.page.textContent('[role=alert]')).toContain('was used');

    await page.goto(`${at}/team`);
    await page.locator('li', { hasText: ANALYST.email }).locator('a').click();
    await page.waitForSelector('form[action="?/remove"]');
    expect(await page.textContent('form[action="?/remove"]')).toContain('perd tout accès');
    await look(page, 'team removing');
    await page.click('form[action="?/remove"] button');
    await page.waitForURL(`${at}/team`);
    await analyst.page.goto(`${at}/en/account`);
    expect(new URL(analyst.page.url()).pathname).toBe('/en/sign-in');
    await look(analyst.page, 'sign-in');
    expect([...owner.faults, ...analyst.faults].filter((line) => !/40\d|422/.test(line))).toEqual([]);
    await analyst.close();
  });

  it('ask for the code of an application once it is set up', async () => {
    const { page } = owner;
    await page.goto(`${at}/account`);
    await look(page, 'account');
    await page.fill('#totp-password', OWNER.password);
    await page.click('form[action="?/prepare"] button');
    const secret = (await page.textContent('[data-secret]'))!;
    await look(page, 'account totp');
    await page.fill('#code', totp(secret));
    await page.click('form[action="?/confirm"] button');
    expect(await page.textContent('[role=status]')).toContain('enregistré');
    await page.context().clearCookies();
    await page.goto(`${at}/sign-in?next=/account`);
    await type(page, { email: OWNER.email, password: OWNER.password });
    await page.click('form[action="?/password"] .primary');
    await page.waitForSelector('form[action="?/code"]');
    await look(page, 'second step');
    await page.fill('#code', totp(secret));
    await page.click('form[action="?/code"] .primary');
    await page.waitForURL(`${at}/account`);
    expect(found).toEqual([]);
  });

  it('take a passkey instead of a password', async () => {
    const { page } = owner;
    const local = at.replace('127.0.0.1', 'localhost');
    const cookies = await page.context().cookies();
    await page.context().addCookies(cookies.map((cookie) => ({ ...cookie, domain: 'localhost' })));
    const cdp: CDPSession = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
      },
    });
    await page.goto(`${local}/account`);
    await page.click('section[aria-labelledby=passkeys] button');
    await page.waitForSelector('form[action="?/forget"]');
    await page.context().clearCookies();
    await page.goto(`${local}/sign-in?next=/account`);
    await page.click('form[action="?/password"] button[type=button]');
    await page.waitForURL(`${local}/account`);
    expect(await page.locator('main').textContent()).toContain(OWNER.email);
  });
});
