import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consent, startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { visit } from './visit.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ pages: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

describe('a desk that stays open', () => {
  it('keeps no words of an erased fan in its source, nor in the cache of the browser', async () => {
    const brand = await app.makeBrand();
    const at = Date.now() - 60_000;
    await app.call('POST', `/brands/${brand}/consents`, consent('1', at, { measure: true, quote: true }));
    const event = { id: 'e', network: 'facebook', kind: 'comment', fan: '1', text: 'a canary sang' };
    const occurredAt = new Date(at + 1_000).toISOString();
    await app.call('POST', `/brands/${brand}/events`, { ...event, occurredAt });
    const { page, close } = await visit(browser, app);
    const answer = await page.goto(`${app.url}/b/${brand}`);
    expect(await answer?.text()).toContain('a canary sang');
    expect(answer?.headers()['cache-control']).toContain('no-store');
    // Asked from outside: the page's own rules forbid it to evaluate text.
    const inline = `document.querySelectorAll('script:not([src])').length`;
    await expect.poll(() => page.evaluate<number>(inline), { timeout: 30_000 }).toBe(0);
    await app.call('POST', `/brands/${brand}/fans/erase`, { network: 'facebook', fan: '1' });
    const sings = `document.documentElement.outerHTML.includes('a canary sang')`;
    await expect.poll(() => page.evaluate<boolean>(sings), { timeout: 30_000 }).toBe(false);
    await close();
  });
});
