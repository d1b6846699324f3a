import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { PHONE, axe, raiseStage, type FanStage } from './fan-stage.ts';
import { visit } from './visit.ts';

let stage: FanStage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage.close());

const shown = (page: Page) =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('[data-request]')].map((one) => one.dataset.request)`,
  );
const letter = (days: number, more: object = {}) =>
  stage.app.call('POST', '/brands/maison/rights', {
    kind: 'rectification',
    channel: 'paper',
    receivedAt: new Date(Date.now() - days * 86_400_000).toISOString(),
    ...more,
  });

describe('rights requests, without JavaScript', () => {
  it('go from the fan’s page to the team and back', async () => {
    const fan = await stage.openAs('fan-6', 'en');
    await fan.page.selectOption('#kind', 'objection');
    await fan.page.fill('#note', 'Not at <b>night</b>');
    await fan.page.click('form[action="?/ask"] button');
    expect(await fan.page.textContent('[data-sent]')).toContain('Your request is noted');
    expect(await fan.page.textContent('[data-requests]')).toContain('Not at <b>night</b>');

    const team = await visit(stage.browser, stage.app, { ...PHONE, javaScriptEnabled: false });
    await team.page.goto(`${stage.app.url}/en/b/maison/rights`);
    expect(await shown(team.page)).toEqual(['1']);
    const card = team.page.locator('[data-request="1"]');
    expect(await card.textContent()).toContain('Facebook, fan-6');
    expect(await card.locator('[data-left]').textContent()).toMatch(/^\d\d days left$/);
    await card.locator('summary').nth(1).click();
    await card.locator('textarea[name="reason"]').fill('The archive is closed');
    await card.locator('form[action="?/extend"] button').click();
    expect(await team.page.locator('[data-done]').count()).toBe(1);
    expect(await team.page.locator('form[action="?/extend"]').count()).toBe(0);
    await card.locator('summary').first().click();
    await card.locator('select').selectOption('refused');
    await card.locator('form[action="?/close"] button').click();
    expect(await team.page.locator('[data-refused]').count()).toBe(1);
    await card.locator('summary').first().click();
    await card.locator('select').selectOption('partly');
    await card.locator('textarea[name="answer"]').fill('Only by day from now on');
    await card.locator('form[action="?/close"] button').click();
    expect(await team.page.locator('[data-empty]').count()).toBe(1);
    await team.page.click('nav a[href$="state=closed"]');
    expect(await shown(team.page)).toEqual(['1']);
    await team.close();

    await fan.page.goto(`${stage.app.url}/en/fan/maison`);
    const told = await fan.page.textContent('[data-requests]');
    expect(told).toContain('The archive is closed');
    expect(told).toContain('Done in part');
    expect(told).toContain('Only by day from now on');
    await fan.close();
  });

  it('are noted from a letter, sorted by what is due first, and late in words', async () => {
    await letter(40, { network: 'facebook', fan: 'fan-7' });
    await letter(20);
    const team = await visit(stage.browser, stage.app, { javaScriptEnabled: false });
    await team.page.goto(`${stage.app.url}/b/maison/rights`);
    await team.page.selectOption('#kind', 'erasure');
    await team.page.fill('#fan', 'fan-8');
    await team.page.click('form[action="?/open"] button');
    expect(await shown(team.page)).toEqual(['2', '3', '4']);
    expect(await team.page.locator('[data-request="2"] .overdue').textContent()).toMatch(
      /^En retard de \d+ jours$/,
    );
    expect(await team.page.textContent('[data-overdue]')).toContain('1 demande en retard');
    const erasure = team.page.locator('[data-request="4"]');
    await erasure.locator('summary').first().click();
    await erasure.locator('input[type="checkbox"]').check();
    await erasure.locator('form[action="?/close"] button').click();
    expect(await shown(team.page)).toEqual(['2', '3']);
    expect((await stage.app.board('maison', '24h')).measures['reach.active@1']!.value).toBe(11);
    await team.close();
  });
});

describe('the proof page', () => {
  it('shows the period, checks the chain while one looks on, and recounts', async () => {
    const { page, faults, close } = await visit(stage.browser, stage.app);
    await page.goto(`${stage.app.url}/en/b/maison/prove`);
    expect(await page.locator('tr[data-purpose="measure"] td').first().textContent()).toBe('12');
    expect(await page.locator('[data-chain]').getAttribute('data-chain')).toBe('never');
    await page.click('form[action="?/chain"] button');
    await page.waitForSelector('[data-chain="intact"]');
    expect(await page.textContent('[data-chain]')).toMatch(/Intact: \d+ acts checked in/);
    await page.click('form[action="?/recount"] button');
    await page.waitForSelector('[data-recount="0"]');
    await page.fill('input[name="from"]', '2020-01-01');
    await page.fill('input[name="to"]', '2020-01-31');
    await page.click('.period button.primary');
    await page.waitForURL(/from=2020-01-01/);
    expect(await page.locator('tr[data-purpose="measure"] td').first().textContent()).toBe('0');
    expect(faults).toEqual([]);
    await page.goto(`${stage.app.url}/en/b/maison/prove?from=2026-02-01&to=2026-01-01`);
    expect(await page.locator('[data-bad]').count()).toBe(1);
    await close();
    const guest = await visit(stage.browser, stage.app, { guest: true });
    for (const name of ['prove', 'rights']) {
      await guest.page.goto(`${stage.app.url}/b/maison/${name}`);
      expect(new URL(guest.page.url()).pathname).toBe('/sign-in');
    }
    await guest.close();
  });

  it('prints without its buttons', async () => {
    const { page, close } = await visit(stage.browser, stage.app);
    await page.goto(`${stage.app.url}/b/maison/prove`);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('main form:visible').count()).toBe(0);
    expect(await page.locator('[data-acts]:visible').count()).toBe(1);
    await close();
  });
});

describe('pages of privacy officers', () => {
  it('have no axe violation and no sideways scroll, in either language and theme', async () => {
    const found: string[] = [];
    for (const [locale, size] of [
      ['/en', PHONE],
      ['', {}],
    ] as const) {
      const { page, close } = await visit(stage.browser, stage.app, size);
      for (const path of ['/b/maison/rights', '/b/maison/rights?state=closed', '/b/maison/prove']) {
        await page.goto(stage.app.url + locale + path);
        await page.evaluate(`document.querySelectorAll('main details').forEach((one) => (one.open = true))`);
        found.push(...(await axe(page, locale + path)));
      }
      await close();
    }
    expect(found).toEqual([]);
  });
});
