import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import type { TestApp } from '../support/app.ts';
import { acts, raise, startReceiver, until, type Receiver } from '../rules/stage.ts';
import { PHONE, axe } from './fan-stage.ts';
import { visit } from './visit.ts';

let browser: Browser;
let receiver: Receiver;
let app: TestApp;
let does: ReturnType<typeof acts>;
beforeAll(async () => {
  receiver = await startReceiver();
  [browser, { app, ...does }] = await Promise.all([
    launchBrowser(),
    raise(receiver, { pages: true, k: 10, clock: Date.now }),
  ]);
  await app.makeBrand('maison');
});
afterAll(async () => {
  await browser.close();
  await app.close();
  receiver.close();
});

describe('outgoing rules', () => {
  it('are tried, made, proven, switched on, stopped, deleted and brought back by keyboard', async () => {
    const { page, faults, close } = await visit(browser, app);
    await page.goto(`${app.url}/en/b/maison/rules`);
    expect(await page.textContent('[data-none] h2')).toBe('No rule');
    await page.focus('#name');
    await page.keyboard.type('Faithful');
    await page.fill('#count', '1');
    await page.fill('#from', '');
    await page.fill('#to', '');
    await page.focus('button[name="look"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-trial="0"]');
    expect(await page.inputValue('#name')).toBe('Faithful');
    await page.focus('form[action="?/keep"] .primary');
    await page.keyboard.press('Enter');
    const row = page.locator('[data-rule]');
    await row.waitFor();
    expect(await row.textContent()).toMatch(/At least once \(7\sd\): Comment/);
    expect(await row.getByText('Switch on').count()).toBe(0);
    await page.fill('#webhook', receiver.url);
    await page.focus('form[action="?/aim"] button');
    await page.keyboard.press('Enter');
    expect(await page.textContent('[data-secret]')).toMatch(/^whsec_/);
    receiver.refuse = true;
    await page.getByText('Send a test').press('Enter');
    await page.waitForSelector('[data-refused]');
    receiver.refuse = false;
    await page.getByText('Send a test').press('Enter');
    await page.waitForSelector('[data-done="tested"]');
    await row.getByText('Switch on').press('Enter');
    await page.waitForSelector('[data-rule][data-on="true"]');
    await does.agree('ada');
    await does.comment('ada');
    await until(() => receiver.sent.some(({ body }) => body.type === 'rule.met'), 'the telling');
    await page.getByText('Stop everything').press('Enter');
    await page.waitForSelector('[data-stopped="true"]');
    await page.getByText('Allow again').press('Enter');
    await page.waitForSelector('[data-stopped="false"]');
    expect(await row.textContent()).toContain('reported < 10');
    await row.getByText('Delete').press('Enter');
    await page.waitForSelector('[data-done="removed"]');
    await page.getByText('Bring it back').press('Enter');
    await page.waitForSelector('[data-rule][data-on="false"]');
    expect(faults.filter((line) => !line.includes('502'))).toEqual([]);
    await close();
  });

  it('lead to a page where the fan says no, without a script', async () => {
    const told = receiver.sent.find(({ body }) => body.type === 'rule.met')!.body.data;
    const link = app.url + new URL(told.no.page).pathname;
    const looked = await visit(browser, app, { guest: true, ...PHONE });
    await looked.page.goto(link);
    expect(await axe(looked.page, 'no offers')).toEqual([]);
    await looked.close();
    const { page, close } = await visit(browser, app, { guest: true, ...PHONE, javaScriptEnabled: false });
    await page.goto(link);
    await page.locator('[data-end]').click();
    await page.waitForSelector('[data-ended]');
    await close();
  });

  it('have no axe violation and no sideways scroll, in either language and theme', async () => {
    const { page, close } = await visit(browser, app, PHONE);
    const found: string[] = [];
    for (const locale of ['', '/en']) {
      await page.goto(`${app.url}${locale}/b/maison/rules`);
      found.push(...(await axe(page, locale)));
    }
    expect(found).toEqual([]);
    await close();
  });
});
