import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { startMails, type Mails } from '../drills/support/trace/mails.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { invite } from '../support/fan-visit.ts';
import { agree, connectShop, orderOf, sendShop, type ConnectedShop } from '../support/shop-stage.ts';
import { PHONE, axe } from './fan-stage.ts';
import { visit } from './visit.ts';

const second = Math.floor(Date.now() / 1_000);
const MAIL = 'bea@example.org';
let app: TestApp;
let browser: Browser;
let mails: Mails;
let shop: ConnectedShop;
beforeAll(async () => {
  mails = await startMails();
  [app, browser] = await Promise.all([startApp({ pages: true, k: 2, smtpUrl: mails.url }), launchBrowser()]);
  shop = await connectShop(app, 'maison', 'woocommerce');
  for (const fan of ['bea', 'leo']) await agree(app, 'maison', 'facebook', fan, (second - 86_400) * 1_000);
});
afterAll(async () => {
  await browser.close();
  await app.close();
  await mails.close();
});

const buy = (id: number, change: object = {}) =>
  sendShop(
    app,
    shop,
    orderOf(shop, {
      ...{ id, customer: null, mail: MAIL, second: second - 3_600, changed: second - 3_000 + id },
      ...{ status: 'paid', total: '1259.90', ...change },
    }),
  );

/** Nothing is in anybody's way, on a small phone; axe is a script, which the other page does not run. */
async function good(): Promise<void> {
  const { page, close } = await visit(browser, app, { guest: true, ...PHONE });
  await page.goto(`${app.url}/fan/maison?link=${await invite(app, 'maison', 'bea')}`);
  await page.locator('form[action="?/open"] button').click();
  for (const path of ['/fan/maison', `/en/fan/maison?mail=x`, '/en/fan/maison/held']) {
    await page.goto(app.url + path);
    expect(await axe(page, path)).toEqual([]);
  }
  await close();
}

describe('a fan’s purchases', () => {
  it('are linked, looked at and put right on a phone without a script, in both languages', async () => {
    const { page, close } = await visit(browser, app, { guest: true, ...PHONE, javaScriptEnabled: false });
    page.setDefaultTimeout(30_000);
    await page.goto(`${app.url}/fan/maison?link=${await invite(app, 'maison', 'bea')}`);
    await page.locator('form[action="?/open"] button').click();
    expect(await page.locator('[data-no-orders]').count()).toBe(1);
    await page.fill('#email', MAIL);
    await page.locator('form[action="?/mail"] button').click();
    expect(await page.getAttribute('[data-bought]', 'data-bought')).toBe('sent');
    await page.goto(`${app.url}/en/fan/maison?mail=${mails.linkFor(MAIL)}`);
    await page.locator('form[action="?/proveMail"] button').click();
    expect(await page.getAttribute('[data-bought]', 'data-bought')).toBe('proved');
    for (const id of [101, 102]) expect(await buy(id)).toBe(200);
    expect(await buy(103, { status: 'cancelled' })).toBe(200);
    await page.goto(`${app.url}/fan/maison`);
    const orders = page.locator('[data-orders] > li');
    expect(await orders.count()).toBe(3);
    expect(await page.innerText('[data-orders]')).toMatch(/#101, 1\s259,90\s€/);
    expect(await page.innerText('[data-orders]')).toContain('boutique.example');
    expect(await page.innerText('[data-orders]')).toContain('elle ne compte pas');
    expect(await page.innerText('[data-use="purchases"]')).toContain('achats par mois');
    await good();
    const one = orders.filter({ hasText: '#102' });
    await one.locator('summary').click();
    await one.locator('textarea').fill('J’en ai payé deux');
    await one.locator('form[action="?/ask"] button').click();
    expect(await page.innerText('[data-requests]')).toMatch(/#102.*: J’en ai payé deux/);
    await orders.filter({ hasText: '#101' }).locator('form[action="?/disown"] button').click();
    expect(await page.getAttribute('[data-bought]', 'data-bought')).toBe('gone');
    expect(await orders.filter({ hasText: '#101' }).count()).toBe(0);
    await page.goto(`${app.url}/en/fan/maison/held`);
    expect(await page.innerText('[data-held="purchases"]')).toContain('€1,259.90');
    expect(await page.innerText('[data-held="mails"]')).toContain(MAIL);
    await page.goto(`${app.url}/fan/maison`);
    await page.locator('form[action="?/untie"] button').click();
    expect(await page.locator('[data-no-orders]').count()).toBe(1);
    expect(await page.locator('[data-mails]').count()).toBe(0);
    await close();
  });

  it('are told to the brand by month, and nothing about one person', async () => {
    const { page, close } = await visit(browser, app);
    await agree(app, 'maison', 'web', `${shop.account}/26`, (second - 86_400) * 1_000);
    await agree(app, 'maison', 'web', `${shop.account}/27`, (second - 86_400) * 1_000);
    await buy(201, { customer: '26', mail: null });
    const here = `${app.url}/b/maison/sources/${shop.id}`;
    await page.goto(here);
    expect(await page.innerText('[data-purchases]')).toContain('moins de 2');
    expect(await page.innerText('[data-purchases]')).not.toContain('259');
    await buy(202, { customer: '27', mail: null });
    await page.goto(here.replace('/b/', '/en/b/'));
    expect(await page.innerText('[data-purchases]')).toContain('€2,519.80');
    expect(await axe(page, 'sums')).toEqual([]);
    await close();
  });
});
