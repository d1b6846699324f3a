import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewToken } from '@fanfare/contract';
import { PHONE, axe, raiseStage, type FanStage } from './fan-stage.ts';
import { visit } from './visit.ts';

let stage: FanStage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage.close());

describe('the audit page', () => {
  it('is found in the menu, narrowed by address, exported, and checks its chain while one looks on', async () => {
    const { page, faults, close } = await visit(stage.browser, stage.app);
    await page.goto(`${stage.app.url}/en`);
    await page.click('header summary');
    await page.click('header a[href="/en/audit"]');
    await page.waitForURL(/\/en\/audit$/);
    await page.locator('li[data-action="session.begun"]').first().waitFor();
    expect(await page.locator('li[data-action="brand.made"]').textContent()).toContain('Brand made');
    expect(await page.textContent('main')).not.toContain('fan-1');

    await page.selectOption('select[name="action"]', 'consents.imported');
    await page.click('form.filter button');
    await page.waitForURL(/action=consents\.imported/);
    expect(await page.locator('ol > li').count()).toBe(1);
    expect(await page.textContent('.detail')).toContain('accepted: 12');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[download]')]);
    expect(download.suggestedFilename()).toBe('fanfare-audit.csv');
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n');
    expect(lines).toHaveLength(2);

    await page.goto(`${stage.app.url}/en/audit?from=2020-01-01&to=2020-01-02`);
    expect(await page.textContent('[data-none] h2')).toBe('Nothing matches');
    await page.goto(`${stage.app.url}/en/audit?action=nothing`);
    expect(await page.locator('[data-bad]').count()).toBe(1);
    await page.click('form[action="?/chain"] button');
    await page.waitForSelector('[data-chain="intact"]');
    expect(faults).toEqual([]);
    await close();
  });

  it('shows what one token did, page by page, without a script', async () => {
    const draft = { name: 'shop', scopes: ['consent'] };
    const made: NewToken = (await stage.app.call('POST', '/tokens', draft)).body;
    const headers = { authorization: `Bearer ${made.token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ network: 'facebook', fan: 'fan-3' });
    for (let i = 0; i < 60; i++)
      await fetch(`${stage.app.url}/api/v1/brands/maison/fans/held`, { method: 'POST', headers, body });
    const { page, close } = await visit(stage.browser, stage.app, { ...PHONE, javaScriptEnabled: false });
    await page.goto(`${stage.app.url}/audit`);
    await page.click('.who a >> nth=0');
    expect(new URL(page.url()).searchParams.get('actor')).toBe(`token:${made.id}`);
    expect(await page.locator('ol > li').count()).toBe(50);
    await page.click('.pages a');
    expect(await page.locator('ol > li').count()).toBe(10);
    await page.click('.pages a');
    expect(await page.locator('ol > li').count()).toBe(50);
    await close();
    const guest = await visit(stage.browser, stage.app, { guest: true });
    await guest.page.goto(`${stage.app.url}/audit`);
    expect(new URL(guest.page.url()).pathname).toBe('/sign-in');
    await guest.close();
  });

  it('has no axe violation and no sideways scroll, in either language and theme', async () => {
    const found: string[] = [];
    for (const [size, paths] of [
      [PHONE, ['/en/audit', '/audit?from=2020-01-01&to=2020-01-02']],
      [{}, ['/audit']],
    ] as const) {
      const { page, close } = await visit(stage.browser, stage.app, size);
      for (const path of paths) {
        await page.goto(stage.app.url + path);
        found.push(...(await axe(page, path)));
      }
      await close();
    }
    expect(found).toEqual([]);
  });
});
