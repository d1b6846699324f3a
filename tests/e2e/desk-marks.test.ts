import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consent, startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { Words } from '../support/words.ts';
import { visit } from './visit.ts';

const HOUR = 3_600_000;
let app: TestApp;
let browser: Browser;

/** Twelve fans, each active in the same hour of the last days and now. */
async function engage(): Promise<void> {
  const now = Date.now();
  const fans = Array.from({ length: 12 }, (_, i) => `fan-${i}`);
  await app.call(
    'POST',
    '/brands/maison/consents',
    fans.map((fan) => consent(fan, now - 40 * 24 * HOUR)),
  );
  const events = fans.flatMap((fan) =>
    [0, 24, 48, 168].map((hours) => ({
      ...{ id: `${fan}/${hours}`, network: 'facebook', kind: 'reaction', fan, object: 'post-1' },
      occurredAt: new Date(now - hours * HOUR).toISOString(),
    })),
  );
  await app.call('POST', '/brands/maison/events', events);
}

const live = (page: Page) => page.waitForSelector('[data-freshness="live"]');

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ pages: true, k: 10 }), launchBrowser()]);
  await app.call('POST', '/brands', {
    slug: 'maison',
    name: 'Maison',
    timeZone: 'Europe/Paris',
    locale: 'fr',
  });
  await engage();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

describe('marks on the desk', () => {
  it('are added, changed and removed by keyboard alone, each with a way back', async () => {
    const { page, faults, close } = await visit(browser, app);
    await page.goto(`${app.url}/en/b/maison`);
    await live(page);
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: 'Marks' });
    await dialog.getByLabel('What happened').focus();
    await page.keyboard.type('Newsletter sent');
    await page.keyboard.press('Enter');
    await dialog.getByText('Mark added.').waitFor();
    await dialog.getByRole('button', { name: 'Edit' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type(' twice');
    await page.keyboard.press('Enter');
    await dialog.getByText('Mark changed.').waitFor();
    await dialog.getByRole('button', { name: 'Undo' }).focus();
    await page.keyboard.press('Enter');
    await dialog.getByText('Newsletter sent', { exact: true }).first().waitFor();
    await dialog.getByRole('button', { name: 'Remove' }).focus();
    await page.keyboard.press('Enter');
    await dialog.getByText('No mark yet.').waitFor();
    await dialog.getByRole('button', { name: 'Undo' }).focus();
    await page.keyboard.press('Enter');
    await dialog.getByText('Newsletter sent', { exact: true }).first().waitFor();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('list', { name: 'Marks' }).textContent()).toContain('Newsletter sent');
    await page.reload();
    await page.getByRole('list', { name: 'Marks' }).waitFor();
    expect(faults).toEqual([]);
    await close();
  });

  it('are in the page without a script, where nothing offers to write them', async () => {
    const { page, close } = await visit(browser, app, { javaScriptEnabled: false });
    await page.goto(`${app.url}/en/b/maison`);
    expect(await page.getByRole('list', { name: 'Marks' }).count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Marks' }).isVisible()).toBe(false);
    await close();
  });
});

describe('keys of the desk', () => {
  it('choose, pause in the address, and are shown and switched off', async () => {
    const { page, close } = await visit(browser, app);
    await page.goto(`${app.url}/en/b/maison`);
    await live(page);
    await page.keyboard.press('3');
    await page.waitForURL(/window=24h$/);
    await page.keyboard.press('c');
    await page.waitForURL(/compare=week/);
    await page.keyboard.press('p');
    await page.waitForURL(/pause=1/);
    await page.reload();
    await page.waitForSelector('[data-freshness="paused"]');
    await page.keyboard.press('p');
    await page.waitForURL(/compare=week$/);
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await help.getByRole('checkbox').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('1');
    await page.waitForTimeout(200);
    expect(page.url()).toContain('window=24h');
    await close();
  });
});

describe('the hours of the week', () => {
  it('come when they are scrolled to, without a shift, with a table', async () => {
    const { page, faults, shift, close } = await visit(browser, app);
    await page.goto(`${app.url}/en/b/maison`);
    await live(page);
    const map = page.locator('.later.map:not(.served) figure');
    expect(await map.count()).toBe(0);
    await page.locator('.later.map:not(.served)').scrollIntoViewIfNeeded();
    await map.getByText(/Busiest on/).waitFor();
    await map.locator('summary').click();
    await expect.poll(() => map.locator('tbody tr').count()).toBe(24);
    expect(await map.locator('td', { hasText: /^12$/ }).count()).toBeGreaterThan(1);
    expect(await shift()).toBeLessThan(0.02);
    expect(faults).toEqual([]);
    await close();
  });
});

describe('the ticker', () => {
  it('holds still under the pointer, and lets go of what is taken back all the same', async () => {
    const words = new Words(app, await app.makeBrand('vive'));
    await Promise.all(['ada', 'bo'].map((fan) => words.agree(fan)));
    await words.say('ada', 'a', 'said by ada');
    const { page, close } = await visit(browser, app);
    await page.goto(`${app.url}/en/b/vive`);
    const said = (...expected: string[]) =>
      expect
        .poll(() => page.locator('[aria-labelledby="excerpts"] blockquote p').allTextContents(), {
          timeout: 30_000,
        })
        .toEqual(expected);
    await said('said by ada');
    await page.locator('[aria-labelledby="excerpts"] ul').focus();
    await words.say('bo', 'b', 'said meanwhile');
    await page.waitForTimeout(500);
    await said('said by ada');
    await words.withdraw('ada', ['quote']);
    await said();
    await page.keyboard.press('Tab');
    await said('said meanwhile');
    await close();
  });
});
