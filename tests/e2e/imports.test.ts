import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consent, startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { PHONE, axe } from './fan-stage.ts';
import { visit } from './visit.ts';

const HEADER = 'Auteur;Date;Type;Commentaire';
const now = Date.now();
const FANS = ['ada', 'bo', 'cy'];
const row = (i: number, fan = FANS[i % 3]!) =>
  `${fan};${new Date(now - 3_600_000 * 2 + i * 50).toISOString().slice(0, 19).replace('T', ' ')};Commentaire;"n° ${i} ; ""bien"""`;

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ pages: true }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

async function brandWithFans(): Promise<string> {
  const brand = await app.makeBrand();
  await app.call(
    'POST',
    `/brands/${brand}/consents`,
    FANS.map((fan) => consent(fan, now - 86_400_000)),
  );
  await app.call('PATCH', `/brands/${brand}`, { timeZone: 'UTC' });
  return brand;
}
const give = (page: Page, lines: readonly string[], name = 'commentaires.csv') =>
  page.setInputFiles('input[type=file]', {
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(lines.join('\r\n'), 'latin1'),
  });
const count = async (page: Page, key: string) =>
  Number((await page.textContent(`[data-step] [data-count=${key}]`))?.replaceAll(/\D/g, ''));
const engagements = async (brand: string) => (await app.board(brand, '24h')).measures['engagements@1']!.value;

describe('importing a file in the browser', () => {
  it('guesses the columns, asks for the rest, shows the lines as they would be, and reports', async () => {
    const brand = await brandWithFans();
    const { page, faults, close } = await visit(browser, app);
    page.setDefaultTimeout(30_000);
    await page.goto(`${app.url}/b/${brand}/sources`);
    await page.getByRole('link', { name: 'Importer un fichier' }).click();
    const lines = Array.from({ length: 900 }, (_, i) =>
      i % 100 === 99 ? `ada;hier;Commentaire;x` : row(i, i % 10 === 5 ? `inconnu-${i}` : undefined),
    );
    await give(page, [HEADER, ...lines]);
    await page.waitForSelector('[data-gap=network]');
    expect(await page.inputValue('#map-fan')).toBe('column Auteur');
    expect(await page.textContent('main')).toContain('Windows-1252');
    const begin = page.getByRole('button', { name: 'Importer ce fichier' });
    expect(await begin.isDisabled()).toBe(true);
    await page.focus('#map-network');
    await page.selectOption('#map-network', 'fixed facebook');
    await page.waitForSelector('[data-looked="900"][data-good="891"]');
    expect(await page.locator('[data-line]').count()).toBe(5);
    expect(await page.locator('[data-line="2"]').textContent()).toContain('n° 0 ; "bien"');
    // By the keyboard alone.
    await begin.focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-step=done]');
    const counted = await count(page, 'counted');
    expect([await count(page, 'received'), await count(page, 'rejected')]).toEqual([900, 9]);
    expect(counted + (await count(page, 'refused'))).toBe(891);
    expect(await engagements(brand)).toBe(counted);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Télécharger les lignes écartées' }).click(),
    ]);
    const report = await readFile(await file.path(), 'utf8');
    expect(report.split('\r\n')).toHaveLength(11);
    expect(report).toContain('101,"occurredAt","valeur non reconnue"');
    expect(faults).toEqual([]);
    await close();
  });

  it('pauses, goes on, and goes on with the same file after the window was closed', async () => {
    const brand = await brandWithFans();
    const lines = [HEADER, ...Array.from({ length: 30_000 }, (_, i) => row(i))];
    const path = `${app.url}/en/b/${brand}/sources/import`;
    const first = await visit(browser, app);
    await first.page.goto(path);
    let parts = 0;
    await first.page.route('**/parts?*', async (route) => {
      if (++parts > 1) await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue().catch(() => undefined);
    });
    await give(first.page, lines);
    await first.page.selectOption('#map-network', 'fixed facebook');
    await first.page.getByRole('button', { name: 'Import this file' }).click();
    await expect.poll(() => parts, { timeout: 30_000 }).toBe(2);
    await first.page.getByRole('button', { name: 'Pause' }).click();
    await first.page.waitForSelector('[data-step=paused]');
    await first.page.getByRole('button', { name: 'Resume' }).click();
    await first.page.waitForSelector('[data-step=going]');
    await first.page.context().close();
    const { page, close } = await visit(browser, app);
    await page.goto(path);
    await page.waitForSelector('[data-import=open]');
    await give(page, lines);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.waitForSelector('[data-step=done]', { timeout: 20_000 });
    expect(await count(page, 'received')).toBe(30_000);
    expect(await engagements(brand)).toBe(30_000);
    await close();
    await first.close().catch(() => undefined);
  });

  it('says what is wrong with a file that cannot be read', async () => {
    const brand = await app.makeBrand();
    const { page, close } = await visit(browser, app);
    await page.goto(`${app.url}/b/${brand}/sources/import`);
    for (const [text, fault] of [
      ['', 'empty'],
      [HEADER, 'header_only'],
      ['PK\u0003\u0004', 'spreadsheet'],
      ['Content,Video title,Video publish time,Views\n1,2,3,4', 'sums_only'],
    ] as const) {
      await give(page, [text]);
      await page.waitForSelector(`[data-fault=${fault}]`);
    }
    await close();
  });

  it('has no axe violation and no sideways scroll at any step, on a phone and a desk', async () => {
    const found: string[] = [];
    for (const [locale, options] of [
      ['/en', PHONE],
      ['', {}],
    ] as const) {
      const brand = await brandWithFans();
      const { page, close } = await visit(browser, app, options);
      const path = `${locale}/b/${brand}/sources/import`;
      await page.goto(app.url + path);
      found.push(...(await axe(page, path)));
      await give(page, [HEADER, row(0), 'ada;hier;like;', row(2)]);
      await page.waitForSelector('[data-gaps]');
      found.push(...(await axe(page, `${path} gaps`)));
      await page.selectOption('#map-network', 'fixed facebook');
      await page.waitForSelector('[data-line]');
      await page.click('summary:has-text("encod")');
      found.push(...(await axe(page, `${path} preview`)));
      await page.click('section button.primary');
      await page.waitForSelector('[data-step=done]');
      found.push(...(await axe(page, `${path} done`)));
      await close();
    }
    expect(found).toEqual([]);
    const guest = await visit(browser, app, { guest: true });
    await guest.page.goto(`${app.url}/b/maison/sources/import`);
    expect(new URL(guest.page.url()).pathname).toBe('/sign-in');
    await guest.close();
  });
});
