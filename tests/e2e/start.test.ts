import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { visit } from './visit.ts';

/** A person is given ten minutes for it; a script that does not read needs a fraction. */
const WITHIN_MS = 60_000;
const run = promisify(execFile);
const hasCurl = await run('sh', ['-c', 'command -v curl && command -v seq']).then(
  () => true,
  () => false,
);

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ pages: true, k: 10 }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

/** Lines as the page shows them, for the address this server happens to have. */
async function linesOn(page: Page, name: string): Promise<string> {
  const text = (await page.getByRole('region', { name, exact: true }).textContent()) ?? '';
  return text.replaceAll(/https?:\/\/[^/ ]+/g, app.url);
}

async function look(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${String(nodes[0]?.target)}`)).toEqual([]);
  const over = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  expect(await page.evaluate<number>(over)).toBeLessThanOrEqual(0);
}

describe('the wizard', () => {
  it.skipIf(!hasCurl)('leads from the first run to a moving chart of one’s own data, alone', async () => {
    const { page, faults, close } = await visit(browser, app, {
      ...{ guest: true, locale: 'en-GB', viewport: { width: 360, height: 780 } },
    });
    const began = Date.now();
    await page.goto(`${app.url}/api/v1/session/link/${app.app.access.link}`);
    await page.goto(`${app.url}/en/set-up`);
    await page.fill('#name', 'Ada');
    await page.fill('#email', 'ada@example.com');
    await page.fill('#password', 'a long walk along the canal');
    await page.click('form.panel button');
    await page.getByRole('link', { name: 'Connect a source' }).click();
    await page.fill('#name', 'Maison Éloïse');
    await page.selectOption('#timeZone', 'Europe/Paris');
    await look(page);
    await page.getByRole('button', { name: 'Make the brand' }).click();
    await page.waitForURL(/\/en\/start\/maison-eloise$/);
    await page.getByRole('button', { name: 'Make the token' }).click();
    const token = await linesOn(page, 'Line of the token');
    const consents = await linesOn(page, 'Lines of consents');
    const events = await linesOn(page, 'Lines of engagements');
    await look(page);
    await run('sh', ['-c', `${token}\n${events}`]);
    await page.waitForSelector('[data-refused="unknown_fan"]');
    await run('sh', ['-c', `${token}\n${consents}\nsleep 1\n${events}`]);
    await page.waitForSelector('[data-arrived="12"]');
    await page.waitForSelector('[data-step="3"][data-done="true"] table');
    expect(await page.locator('[data-step="3"]').textContent()).not.toMatch(/test-\d|Superbe/);
    await page.waitForSelector('[data-step="5"][data-done="true"]');
    const took = Date.now() - began;
    console.log(`from the first run to a moving chart: ${(took / 1000).toFixed(1)} s without reading`);
    expect(took).toBeLessThan(WITHIN_MS);
    await look(page);
    await page.getByText('Erase the fans of the test').click();
    await run('sh', ['-c', `${token}\n${await linesOn(page, 'Erase the fans of the test')}`]);
    await page.waitForSelector('[data-arrived="0"]');
    await page.getByRole('link', { name: 'Open the dashboard' }).click();
    await page.waitForSelector('[data-freshness="live"]');
    expect(faults).toEqual([]);
    await close();
  });

  it('is for people who are signed in and may make a brand', async () => {
    const { page, close } = await visit(browser, app, { guest: true });
    await page.goto(`${app.url}/en/start`);
    expect(page.url()).toContain('/en/sign-in?next=');
    await close();
  });
});

describe('the start page', () => {
  it('shows each brand live, with its last hour and its change', async () => {
    await app.makeBrand('autre');
    const { page, faults, shift, close } = await visit(browser, app);
    await page.goto(`${app.url}/en`);
    await page.waitForSelector('[data-brand="autre"] [data-freshness="live"]');
    expect(await page.locator('[data-brand]').count()).toBe(2);
    expect(await page.getByRole('link', { name: 'Add a brand' }).count()).toBe(1);
    expect(await shift()).toBeLessThan(0.02);
    expect(faults).toEqual([]);
    await look(page);
    await close();
  });
});
