import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consent, startApp, TOKEN, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { wrongClock } from '../support/wrong-clock.ts';
import { violationsOf } from './fan-stage.ts';
import { visit } from './visit.ts';

const BUDGET_BYTES = 150_000;
const REACH = '[data-tile="reach.active@1"] [data-value]';
const MINUTE = 60_000;

let app: TestApp;
let browser: Browser;
let fans = 0;

/** `count` comments of as many consenting fans, over the last minutes. */
async function engage(count: number): Promise<void> {
  const now = Date.now();
  const names = Array.from({ length: count }, () => `fan-${++fans}`);
  await app.call(
    'POST',
    '/brands/maison/consents',
    names.map((fan) => consent(fan, now - 120 * MINUTE)),
  );
  const events = names.map((fan, i) => ({
    id: `${fan}/1`,
    network: 'facebook',
    kind: 'comment',
    fan,
    occurredAt: new Date(now - (i % 4) * MINUTE).toISOString(),
    object: `post-${i % 4}`,
    text: ['good', 'bad', 'so so'][i % 3],
  }));
  const { body } = await app.call('POST', '/brands/maison/events', events);
  expect(body).toMatchObject({ counted: count });
}

const fresh = (page: Page, state: string) => page.waitForSelector(`[data-freshness="${state}"]`);
const reach = (page: Page, value: number) => page.waitForSelector(`${REACH}[data-value="${value}"]`);

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ pages: true, k: 10 }), launchBrowser()]);
  await app.call('POST', '/brands', {
    slug: 'maison',
    name: 'Maison',
    timeZone: 'Europe/Paris',
    locale: 'fr',
  });
  await app.makeBrand('vide');
  await engage(60);
});

afterAll(async () => {
  await browser.close();
  await app.close();
});

describe('the desk', () => {
  it('paints its numbers without script, and its windows are links', async () => {
    const { page, close } = await visit(browser, app, { javaScriptEnabled: false });
    await page.goto(`${app.url}/b/maison`);
    expect(await page.locator(REACH).textContent()).toContain('60');
    await page.click('nav a[href="?window=24h"]');
    expect(page.url()).toContain('window=24h');
    await fresh(page, 'served');
    expect(await page.locator('figure details tr').count()).toBeGreaterThan(10);
    await close();
  });

  it('moves with each event, by websocket alone, in the same charts, without a shift', async () => {
    const { page, faults, sockets, polls, shift, charts, close } = await visit(browser, app);
    await page.goto(`${app.url}/b/maison`);
    await fresh(page, 'live');
    const made = await charts();
    for (const total of [65, 70, 75]) {
      await engage(5);
      await reach(page, total);
    }
    expect(sockets.filter((url) => url.includes('/socket.io/') && url.includes('websocket'))).toHaveLength(1);
    expect(polls).toEqual([]);
    expect(faults).toEqual([]);
    expect(await charts()).toBe(made);
    expect(await shift()).toBeLessThan(0.02);
    await close();
  });

  it('keeps window, comparison and metric in the address, and follows the new window live', async () => {
    const { page, faults, close } = await visit(browser, app);
    await page.goto(`${app.url}/en/b/maison`);
    await fresh(page, 'live');
    await page.click('nav a[href="?window=24h"]');
    await page.click('nav a[href*="compare=none"]');
    await page.click('nav a[href*="metric=reach"]');
    await page.waitForURL(/window=24h&compare=none&metric=reach$/);
    expect(await page.locator('figure h2').first().textContent()).toContain('Active fans');
    const before = Number(await page.locator(REACH).getAttribute('data-value'));
    await engage(5);
    await reach(page, before + 5);
    await page.reload();
    expect(await page.locator('nav a[aria-current]').allTextContents()).toEqual([
      '24\u00a0h',
      'None',
      'Active fans',
    ]);
    expect(faults).toEqual([]);
    await close();
  });

  it('holds still on pause, and explains a number, by keyboard alone', async () => {
    const { page, close } = await visit(browser, app);
    await page.goto(`${app.url}/en/b/maison`);
    await fresh(page, 'live');
    const before = Number(await page.locator(REACH).getAttribute('data-value'));
    await page.getByRole('button', { name: 'Pause' }).focus();
    await page.keyboard.press('Enter');
    await fresh(page, 'paused');
    await engage(5);
    await page.waitForTimeout(500);
    expect(await page.locator(REACH).getAttribute('data-value')).toBe(String(before));
    await page.keyboard.press('Space');
    await reach(page, before + 5);
    await page.locator('[data-tile="reach.active@1"] h2 a').focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    expect(await dialog.textContent()).toContain('version 1');
    expect(await dialog.textContent()).toContain('fewer than 10 people');
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(false);
    await close();
  });

  it('says who may not see it, and takes a token', async () => {
    const { page, close } = await visit(browser, app, { guest: true });
    const answer = await page.goto(`${app.url}/en/b/maison`);
    expect(answer?.status()).toBeGreaterThanOrEqual(400);
    await page.goto(`${app.url}/en/sign-in?next=/en/b/maison`);
    await page.click('summary:has-text("access token")');
    await page.fill('#token', 'not-the-token-of-this-place');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=This token is not valid');
    await page.fill('#token', TOKEN);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/en\/b\/maison$/);
    await fresh(page, 'live');
    await close();
  });

  it('stays within its budget of script', async () => {
    const { page, close } = await visit(browser, app);
    const scripts = new Set<string>();
    page.on('request', (request) => request.resourceType() === 'script' && scripts.add(request.url()));
    await page.goto(`${app.url}/b/maison`);
    await fresh(page, 'live');
    const sizes = await Promise.all(
      [...scripts].map(async (url) => gzipSync(Buffer.from(await (await fetch(url)).arrayBuffer())).length),
    );
    const total = sizes.reduce((sum, size) => sum + size, 0);
    console.log(`script of the desk: ${(total / 1000).toFixed(1)} kB gzip in ${sizes.length} files`);
    expect(total).toBeGreaterThan(50_000);
    expect(total).toBeLessThanOrEqual(BUDGET_BYTES);
    await close();
  });

  // Every route in both languages: `pnpm drill axe`.
  it('has no axe violation, in either language and theme', async () => {
    const { page, close } = await visit(browser, app);
    const found: string[] = [];
    const check = async (name: string) => {
      found.push(...(await violationsOf(page, name)));
    };
    for (const path of [
      '/',
      '/en/sign-in',
      '/definitions',
      '/en/docs/components',
      '/b/maison',
      '/en/b/maison',
      '/en/b/vide',
      '/b/nobody',
    ]) {
      await page.goto(app.url + path);
      if (path.endsWith('/maison')) await fresh(page, 'live');
      await check(path);
    }
    await page.goto(`${app.url}/b/maison`);
    for (const summary of await page.locator('figure summary').all()) await summary.click();
    await page.click('header summary');
    await check('tables and menu open');
    expect(found).toEqual([]);
    await close();
  });

  it.each([360, 1440])('never scrolls sideways at %i px', async (width) => {
    const { page, close } = await visit(browser, app, { viewport: { width, height: 800 } });
    for (const path of [
      '/',
      '/b/maison?window=30d',
      '/en/b/vide',
      '/definitions',
      '/docs/components',
      '/sign-in',
    ]) {
      await page.goto(app.url + path);
      const over = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await page.evaluate<number>(over), path).toBeLessThanOrEqual(0);
    }
    await close();
  });

  it('says offline when the server is gone, whatever the clock, and keeps its numbers', async () => {
    const mortal = await startApp({ pages: true });
    await mortal.makeBrand('maison');
    const visits = await Promise.all(
      [1, -1].map(async (days) => {
        const one = await visit(browser, mortal);
        await one.page.addInitScript(wrongClock(days * 1_440 * MINUTE));
        await one.page.goto(`${mortal.url}/en/b/maison`);
        await fresh(one.page, 'live');
        return one;
      }),
    );
    await mortal.close();
    await Promise.all(visits.map(({ page }) => fresh(page, 'offline')));
    const said = await Promise.all(visits.map(({ page }) => page.locator('[data-freshness]').textContent()));
    expect(said[0]).toBe(said[1]);
    for (const { page, close } of visits) {
      expect(await page.locator(REACH).textContent()).toBe('0');
      expect(await page.locator('.desk').getAttribute('data-stale')).toBe('true');
      await close();
    }
  });
});
