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

  it('keeps a form with what was typed, and sends it once when the server is back', async () => {
    const mortal = await startApp({ pages: true });
    await mortal.makeBrand('maison');
    const { page, faults, close } = await visit(browser, mortal);
    await page.clock.install();
    await page.goto(`${mortal.url}/en/tokens`);
    await page.waitForLoadState('networkidle');
    const name = page.locator('form[action="?/make"] input[name="name"]');
    await page.check('input[name="scopes"][value="read"]');
    await page.check('input[name="which"][value="all"]');
    await page.clock.fastForward(60_000);
    await mortal.app.close();

    await name.fill('Kept');
    await name.press('Enter');
    await note(page).waitFor();
    expect(await name.inputValue()).toBe('Kept');
    await page.click('#away a');
    await note(page).waitFor();

    const port = Number(new URL(mortal.url).port);
    const back = await startApp({ pages: true, port, database: mortal.database, publicUrl: mortal.url });
    await page.click('#away a');
    await page.waitForSelector('.made');
    const tokens = (await back.call('GET', '/tokens')).body as { name: string }[];
    expect(tokens.filter((token) => token.name === 'Kept')).toHaveLength(1);
    expect(faults.filter((fault) => !fault.includes('ERR_CONNECTION_REFUSED'))).toEqual([]);
    await close();
    await back.app.close();
    await mortal.close();
  });
});
