import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { createPool } from '@fanfare/db';
import { startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { PHONE, axe } from './fan-stage.ts';
import { visit } from './visit.ts';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ pages: true }), launchBrowser()]);
  await app.makeBrand('maison');
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

describe('the gateway to BI tools', () => {
  it('makes a role that reads, shows its password once, and revokes it', async () => {
    const { page, faults, close } = await visit(browser, app, { reducedMotion: 'reduce' });
    await page.goto(`${app.url}/b/maison/bi`);
    expect(await page.locator('[data-empty]').count()).toBe(1);
    await page.fill('#name', '  ');
    await page.click('form[action="?/make"] .primary');
    expect(await page.getAttribute('[role=alert]', 'data-refused')).toBe('name');
    await page.fill('#name', 'Metabase');
    await page.click('form[action="?/make"] .primary');
    const [role, password] = [
      await page.textContent('[data-secret="role"]'),
      await page.textContent('[data-secret="secret"]'),
    ];
    const connection = await page.textContent('[data-tool="metabase"] [data-secret]');
    expect(connection).toContain(`${role!}:${password!}@`);
    const sql = createPool(connection!, { max: 1 });
    expect((await sql`select definition from bi.definitions`).length).toBeGreaterThan(5);
    expect(await axe(page, 'access made')).toEqual([]);
    await page.goto(`${app.url}/b/maison/bi`);
    expect(await page.textContent('main')).not.toContain(password);
    await page.click('[data-access] summary');
    expect(await page.textContent('[data-access] form')).toContain('coupées tout de suite');
    await page.click('[data-access] form button');
    expect(await page.locator('[data-empty]').count()).toBe(1);
    await expect(sql`select definition from bi.definitions`).rejects.toBeDefined();
    await sql.end({ timeout: 1 });
    // A name of spaces was refused, which browsers tell as a fault.
    expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
    await close();
  });

  it('has no axe violation and no sideways scroll, in either language and theme', async () => {
    for (const [locale, look] of [
      ['', { colorScheme: 'dark', ...PHONE }],
      ['/en', { colorScheme: 'light' }],
    ] as const) {
      const { page, close } = await visit(browser, app, { reducedMotion: 'reduce', ...look });
      await page.goto(`${app.url}${locale}/b/maison/bi`);
      for (const tool of await page.locator('[data-tool] summary').all()) await tool.click();
      expect(await axe(page, locale)).toEqual([]);
      const over = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(over).toBeLessThanOrEqual(0);
      await close();
    }
  });
});
