import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { PHONE, axe } from './fan-stage.ts';
import { visit } from './visit.ts';

const HEADER = 'network;fan;at;age;method;notice_version;notice_locale;measure';
const AT = new Date(Date.now() - 86_400_000).toISOString();
const row = (fan: string, measure = 'oui', age = '18+') =>
  `facebook;${fan};${AT};${age};form;2026-11;fr;${measure}`;

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ pages: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

const give = (page: Page, lines: readonly string[], name = 'fans.csv') =>
  page.setInputFiles('input[type=file]', {
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(lines.join('\r\n')),
  });
const count = async (page: Page, key: string) =>
  Number((await page.textContent(`[data-count=${key}]`))?.replaceAll(/\D/g, ''));
const consenting = async (brand: string) => (await app.board(brand, '1h')).measures['consenting@1']!.value;
const downloaded = async (page: Page, button: string): Promise<[name: string, text: string]> => {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return [file.suggestedFilename(), await readFile(await file.path(), 'utf8')];
};

describe('importing consents in the browser', () => {
  it('records the good lines, lists the others with their reason, and makes a report of them', async () => {
    const brand = await app.makeBrand();
    const { page, faults, close } = await visit(browser, app);
    await page.goto(`${app.url}/b/${brand}`);
    await page.click('summary, [aria-haspopup]');
    await page.getByRole('link', { name: 'Importer des consentements' }).click();
    await page.waitForSelector('#columns');
    const lines = Array.from({ length: 2_500 }, (_, i) =>
      i % 10 === 9 ? row(`f${i}`, 'peut-être') : i === 1_000 ? row('young', 'oui', '') : row(`f${i}`),
    );
    await give(page, [HEADER, ...lines]);
    await page.waitForSelector('[data-state=done]');
    expect([await count(page, 'taken'), await count(page, 'refused')]).toEqual([2_249, 251]);
    expect(await consenting(brand)).toBe(2_249);
    expect(await page.locator('tbody tr').count()).toBe(200);
    const first = await page.locator('tbody tr').first().allTextContents();
    expect(first[0]).toMatch(/^11measure\s: valeur non acceptée[.] Attendu\s: oui, non/);
    expect(await page.textContent('main')).toContain('200 lignes refusées sur 251');
    const [name, report] = await downloaded(page, 'Télécharger le rapport');
    expect(name).toBe('fans.csv.refused.csv');
    expect(report.split('\r\n')).toHaveLength(253);
    expect(report).toMatch(/\n1002,"age\s: manque[.]","facebook;young;/);
    // Once more: nothing is recorded twice.
    await give(page, [HEADER, ...lines]);
    await page.waitForSelector('[data-state=done]');
    expect([await count(page, 'taken'), await consenting(brand)]).toEqual([2_249, 2_249]);
    expect(faults).toEqual([]);
    await close();
  });

  it('can be stopped, counts only what was answered, and goes on with the same file', async () => {
    const brand = await app.makeBrand();
    const { page, close } = await visit(browser, app);
    await page.goto(`${app.url}/en/b/${brand}/consents`);
    let requests = 0;
    await page.route('**/consents?errors=1000', async (route) => {
      if (++requests > 2) return;
      await route.continue();
    });
    const lines = [HEADER, ...Array.from({ length: 6_000 }, (_, i) => row(`f${i}`))];
    await give(page, lines);
    await expect.poll(() => requests, { timeout: 30_000 }).toBe(3);
    expect(await page.locator('input[type=file]').isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.waitForSelector('[data-state=stopped]');
    expect(await count(page, 'taken')).toBe(2_000);
    expect(await consenting(brand)).toBe(2_000);
    await page.unroute('**/consents?errors=1000');
    await give(page, lines);
    await page.waitForSelector('[data-state=done]');
    expect([await count(page, 'taken'), await consenting(brand)]).toEqual([6_000, 6_000]);
    await close();
  });

  it('takes a file chosen while the script is still on its way', async () => {
    const brand = await app.makeBrand();
    const { page, close } = await visit(browser, app);
    const chosen = Promise.withResolvers<undefined>();
    await page.route('**/_app/**/*.js', async (route) => {
      await chosen.promise;
      await route.continue();
    });
    const opened = page.goto(`${app.url}/en/b/${brand}/consents`, { waitUntil: 'commit' });
    await give(page, [HEADER, row('a')]);
    chosen.resolve(undefined);
    await opened;
    await page.waitForSelector('[data-state=done]');
    expect([await count(page, 'taken'), await consenting(brand)]).toEqual([1, 1]);
    await close();
  });

  it('says what is wrong with a header before anything is sent, and waits for a busy server', async () => {
    const brand = await app.makeBrand();
    const { page, close } = await visit(browser, app);
    await page.goto(`${app.url}/b/${brand}/consents`);
    await give(page, [`${HEADER};prénom`, `${row('a')};Anna`]);
    await page.waitForSelector('[data-state=failed]');
    expect(await page.textContent('[data-state=failed]')).toMatch(/prénom\s: colonne inconnue/);
    let requests = 0;
    await page.route('**/consents?errors=1000', (route) =>
      ++requests === 1 ? route.fulfill({ status: 503, body: '{}' }) : route.continue(),
    );
    await give(page, [HEADER, row('a')]);
    await page.waitForSelector('[data-state=done]');
    expect([requests, await consenting(brand)]).toEqual([2, 1]);
    await page.context().clearCookies();
    await give(page, [HEADER, row('b')]);
    await page.waitForSelector('[data-state=failed]');
    expect(await page.textContent('[data-state=failed]')).toContain('connectez-vous');
    expect(await consenting(brand)).toBe(1);
    await close();
  });

  it('offers a sample that can be imported as it is, in either language', async () => {
    for (const [path, button] of [
      ['', 'Télécharger un exemple'],
      ['/en', 'Download a sample'],
    ] as const) {
      const brand = await app.makeBrand();
      const { page, close } = await visit(browser, app);
      await page.goto(`${app.url}${path}/b/${brand}/consents`);
      const [name, text] = await downloaded(page, button);
      await give(page, [text], name);
      await page.waitForSelector('[data-state=done]');
      expect([await count(page, 'taken'), await count(page, 'refused')]).toEqual([3, 0]);
      expect(await consenting(brand)).toBe(3);
      await close();
    }
  });

  it('has no axe violation and no sideways scroll, empty and full, on a phone and a desk', async () => {
    const brand = await app.makeBrand();
    const found: string[] = [];
    for (const [locale, options] of [
      ['/en', PHONE],
      ['', {}],
    ] as const) {
      const { page, close } = await visit(browser, app, options);
      const path = `${locale}/b/${brand}/consents`;
      await page.goto(app.url + path);
      found.push(...(await axe(page, path)));
      await give(page, [HEADER, row('a'), row('b', 'x'), row('c', 'oui', '12'), 'y'.repeat(300)]);
      await page.waitForSelector('[data-state=done]');
      found.push(...(await axe(page, `${path} full`)));
      await close();
    }
    expect(found).toEqual([]);
    const guest = await visit(browser, app, { guest: true });
    await guest.page.goto(`${app.url}/b/${brand}/consents`);
    expect(new URL(guest.page.url()).pathname).toBe('/sign-in');
    await guest.close();
  });
});
