import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { axe } from './fan-stage.ts';
import { visit } from './visit.ts';

let app: TestApp;
let again: TestApp | undefined;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ pages: true }), launchBrowser()]);
  await app.makeBrand('maison');
});
afterAll(async () => {
  await browser.close();
  await again?.app.close();
  await app.close();
});

const note = (page: Page) => page.locator('#away');

describe('a page whose server is away', () => {
  it('stays as it is when a link is used, says so, and goes on when the server is back', async () => {
    const { page, close } = await visit(browser, app);
    await page.goto(`${app.url}/en/b/maison/explore`);
    // What says so is fetched when all else has been.
    await page.waitForLoadState('networkidle');
    await app.app.close();

    await page.click('a[href*="days=91"]');
    await note(page).waitFor();
    expect(await note(page).innerText()).toContain('The server does not answer');
    expect(page.url()).toBe(`${app.url}/en/b/maison/explore`);
    expect(await page.textContent('h1')).toContain('maison');
    expect(await page.getAttribute('main', 'aria-busy')).toBe('false');
    expect(await axe(page, 'away')).toEqual([]);
    await page.click('#away button');
    expect(await note(page).isVisible()).toBe(false);
    await page.click('a[href*="days=91"]');
    await note(page).waitFor();

    const port = Number(new URL(app.url).port);
    again = await startApp({ pages: true, port, database: app.database, publicUrl: app.url });
    await page.click('#away a');
    await page.waitForURL(/days=91/);
    expect(await note(page).isVisible()).toBe(false);
    await close();
  });
});
