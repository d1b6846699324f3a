import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { consent, startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { metaBodies } from '../support/meta-bodies.ts';
import { SOURCE_CASES, type SourceCase } from '../support/source-cases.ts';
import { PHONE, axe } from './fan-stage.ts';
import { visit } from './visit.ts';

const second = Math.floor(Date.now() / 1_000);
const { change, said } = metaBodies(second);
let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ pages: true }), launchBrowser()]);
  await app.makeBrand('maison');
  await app.call('POST', '/brands/maison/consents', consent('4242', Date.now() - 3_600_000));
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

const secretOf = (page: Page, id: string) => page.innerText(`[data-secret="${id}"]`);
const send = async (one: SourceCase, url: string, body: string, secret: string, n = 1) => {
  const at = Math.floor(Date.now() / 1_000);
  const answer = await fetch(app.url + new URL(url).pathname, {
    method: 'POST',
    headers: one.headers(body, secret, at, n),
    body,
  });
  return answer.status;
};

describe('the sources of a brand', () => {
  it('are connected step by step, each of them, and watched by the page itself', async () => {
    const { page, faults, close } = await visit(browser, app);
    page.setDefaultTimeout(30_000);
    for (const [i, one] of SOURCE_CASES.entries()) {
      const { connector } = one;
      await page.goto(`${app.url}${i % 2 ? '/en' : ''}/b/maison/sources?connect=${connector}`);
      await page.fill('#name', `Source ${connector}`);
      if (one.secret) await page.fill('#secret', one.secret);
      if (one.account) await page.fill('#account', one.account);
      await page.click('form[action="?/connect"] button');
      let secret = one.secret ?? '';
      if (!one.secret) {
        secret = await secretOf(page, 'secret');
        await page.click('a.primary[href*="/sources/"]');
      }
      await page.waitForSelector('[data-waiting]');
      const url = await secretOf(page, 'url');
      expect(await page.getAttribute('[data-state]', 'data-state')).toBe('waiting');
      expect(await send(one, url, one.unknown(second), 'another-secret-0')).toBe(401);
      expect(await send(one, url, one.unknown(second), secret)).toBe(200);
      // Nobody has to reload: the page looks for itself.
      if (i > 0) await page.reload();
      await page.waitForSelector('[data-outcome="taken"]');
      await page.waitForSelector('[data-outcome="bad_signature"]');
      await page.waitForSelector('[data-letter="unknown_kind"]');
      expect(await page.getAttribute('[data-state]', 'data-state')).toBe('working');
      expect(await page.innerText('main')).not.toContain('cnrysource');
    }
    // A program without a signature: the token for it is chosen already.
    await page.goto(`${app.url}/b/maison/sources`);
    await page.click('[data-api] a.button');
    await page.waitForSelector('input[name="scopes"][value="ingest"]:checked');
    expect(await page.locator('input[name="scopes"]:checked').count()).toBe(1);
    expect(await page.isChecked('input[name="brands"][value="maison"]')).toBe(true);
    expect(faults).toEqual([]);
    await close();
  });

  it('are looked after without a script: replay, two secrets, pause, removal', async () => {
    const [first] = SOURCE_CASES;
    const { page, close } = await visit(browser, app, { javaScriptEnabled: false });
    page.setDefaultTimeout(30_000);
    await page.goto(`${app.url}/b/maison/sources`);
    await page.click('a:text-is("Source meta_page")');
    const here = page.url();
    await page.click('[data-letter="unknown_kind"] button');
    expect(await page.innerText('[data-replayed]')).toContain('toujours inutilisables 1');
    expect(await page.locator('[data-letter="unknown_kind"] button').count()).toBe(0);
    await page.fill('#secret', 'the-next-secret-0123456789');
    await page.click('form[action="?/rotate"] button');
    expect(await page.locator('[data-two]').count()).toBe(1);
    const url = (await page.textContent('[data-secret="url"]')) ?? '';
    const comment = (n: number) => change('feed', said('4242', `1_${n}`));
    expect(await send(first!, url, comment(1), first!.secret!)).toBe(200);
    expect(await send(first!, url, comment(2), 'the-next-secret-0123456789')).toBe(200);
    await page.click('form[action="?/endOld"] button');
    expect(await send(first!, url, comment(3), first!.secret!)).toBe(401);
    expect((await app.board('maison', '1h')).measures['engagements@1']!.value).toBe(2);
    await page.click('form[action="?/pause"] button');
    expect(await page.getAttribute('[data-state]', 'data-state')).toBe('paused');
    await page.goto(here);
    await page.click('details:has(form[action="?/remove"]) summary');
    await page.click('form[action="?/remove"] button');
    expect(page.url()).toContain('/sources?removed');
    expect(await send(first!, url, comment(4), 'the-next-secret-0123456789')).toBe(404);
    await close();
  });

  it('have no axe violation and no sideways scroll, and are for those who may', async () => {
    const found: string[] = [];
    for (const options of [PHONE, {}]) {
      const { page, close } = await visit(browser, app, options);
      for (const path of [
        '/en/b/maison/sources?connect=instagram',
        '/b/maison/sources/2',
        ...(options === PHONE ? [`/deletion/${'0'.repeat(32)}`] : []),
      ]) {
        await page.goto(app.url + path);
        found.push(...(await axe(page, path)));
      }
      await close();
    }
    expect(found).toEqual([]);
    const { page, close } = await visit(browser, app, { guest: true });
    await page.goto(`${app.url}/b/maison/sources/2`);
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await close();
  });
});
