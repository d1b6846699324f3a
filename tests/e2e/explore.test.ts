import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { consent, startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { PHONE, axe } from './fan-stage.ts';
import { visit } from './visit.ts';

const DAY = 86_400_000;
let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ pages: true, k: 10 }), launchBrowser()]);
  const fans = Array.from({ length: 60 }, (_, i) => `fan-${i}`);
  for (const brand of ['maison', 'vide']) await app.makeBrand(brand);
  const at = Date.now() - 40 * DAY;
  await app.call(
    'POST',
    '/brands/maison/consents',
    fans.map((fan) => consent(fan, at)),
  );
  const events = fans.flatMap((fan, i) =>
    ['comment', ...(i < 30 ? ['share'] : []), ...(i < 3 ? ['quote'] : [])].map((kind) => ({
      ...{ id: `${kind}-${i}`, network: 'facebook', kind, fan, lang: i % 2 ? 'fr' : 'en' },
      occurredAt: new Date(Date.now() - ((i % 6) + 1) * DAY).toISOString(),
    })),
  );
  await app.call('POST', '/brands/maison/events', events);
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

const list = (page: Page, by: string) => page.locator(`[data-list="${by}"] tbody tr`).allInnerTexts();
/** A click is over when the chips say what was asked. */
const chips = (page: Page, ...words: readonly string[]) =>
  expect
    .poll(async () => (await page.locator('.chip').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ')))
    .toEqual(words);
/** Tab until that is what the keyboard is at, and press it. */
async function tabTo(page: Page, selector: string): Promise<void> {
  const isThere = async () => (await page.locator(`${selector}:focus`).count()) > 0;
  for (let tabs = 0; tabs < 120 && !(await isThere()); tabs++) await page.keyboard.press('Tab');
  expect(await isThere(), selector).toBe(true);
  await page.keyboard.press('Enter');
}
const total = async (page: Page) => (await page.textContent('.total dd'))!.trim();

describe('Explore', () => {
  it('filters by a click, leaves out by shift-click and by a button, and says so in chips and the address', async () => {
    const { page, faults, close } = await visit(browser, app);
    await page.goto(`${app.url}/en/b/maison/explore`);
    expect(await total(page)).toBe('93');
    expect((await list(page, 'kind')).join(' ')).toMatch(/<\s10/);
    await page.click('[data-list="language"] [data-key="fr"] a.name');
    await chips(page, 'Language: French ×');
    expect(page.url()).toContain('only.language=fr');
    expect(await total(page)).toMatch(/^4\d$/);
    await page.click('[data-list="language"] [data-key="en"] a.name', { modifiers: ['Shift'] });
    await chips(page, 'Language: not English ×');
    await page.focus('[data-list="language"] [data-key="fr"] a.leave');
    await page.keyboard.press('Enter');
    await chips(page, 'Language: not French ×');
    await page.click('.chip');
    await chips(page);
    expect(await total(page)).toBe('93');
    await page.goBack();
    await chips(page, 'Language: not French ×');
    expect(faults).toEqual([]);
    await close();
  });

  it('is filtered by the keyboard alone, from the top of the page', async () => {
    const { page, close } = await visit(browser, app);
    await page.goto(`${app.url}/en/b/maison/explore`);
    await tabTo(page, '[data-list="language"] [data-key="fr"] a.name');
    await chips(page, 'Language: French ×');
    await tabTo(page, '[data-list="kind"] [data-key="share"] a.leave');
    await chips(page, 'Kind: not Shares ×', 'Language: French ×');
    await tabTo(page, '.chip');
    await chips(page, 'Language: French ×');
    await close();
  });

  it('works without script and on a phone, and has something to say when there is nothing or too little', async () => {
    const plain = await visit(browser, app, { ...PHONE, javaScriptEnabled: false });
    await plain.page.goto(`${app.url}/b/maison/explore?days=7&with=previous`);
    expect(await total(plain.page)).toContain('93');
    await plain.page.click('[data-list="kind"] [data-key="quote"] a.name');
    expect(await plain.page.textContent('.total')).toContain('moins de 10');
    await plain.page.goto(`${app.url}/b/vide/explore`);
    expect(await plain.page.textContent('.total')).toContain('Aucun engagement');
    await plain.page.goto(`${app.url}/b/vide/explore?only.kind=nothing`);
    expect(await plain.page.locator('[role="alert"]:visible').count()).toBe(1);
    await plain.close();
  });

  it('can be used by everyone: axe finds nothing, in both languages and themes', async () => {
    const { page, close } = await visit(browser, app, PHONE);
    for (const [path, colorScheme] of [
      ['/b/maison/explore?with=week&not.language=en', 'light'],
      ['/en/b/maison/explore', 'dark'],
      ['/b/vide/explore', 'light'],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(app.url + path);
      expect(await axe(page, path)).toEqual([]);
    }
    await close();
  });
});
