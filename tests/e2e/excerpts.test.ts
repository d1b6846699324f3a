import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { Words } from '../support/words.ts';
import { violationsOf } from './fan-stage.ts';
import { visit } from './visit.ts';

/** By then words that were taken back must be gone from an open screen, milliseconds. */
const WITHIN = 20_000;
const SAID = '[aria-labelledby="excerpts"] blockquote p';

const HOSTILE = [
  '<img src=x onerror="globalThis.hit = 1">',
  '</script><script>globalThis.hit = 1</script>',
  '{{7*7}} ${7*7} <b>bold</b> &lt;i&gt;',
  '\u202Etxt.exe\u2066 right to left',
  `z${'\u0335\u0336\u0337'.repeat(80)} stays in its box`,
  'javascript:alert(1) "><svg onload=hit()>',
];

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ pages: true, k: 10 }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

describe('words on the desk', () => {
  it('come live, and go within five seconds, on a screen that stands still too', async () => {
    const words = new Words(app, await app.makeBrand('vive'));
    await Promise.all(['ada', 'bo'].map((fan) => words.agree(fan)));
    const { page, faults, close } = await visit(browser, app);
    const said = (...expected: string[]) =>
      expect.poll(() => page.locator(SAID).allTextContents(), { timeout: WITHIN }).toEqual(expected);
    await page.goto(`${app.url}/en/b/vive`);
    await page.waitForSelector('[data-freshness="live"]');
    await page.waitForSelector('text=No excerpt yet');
    await words.say('ada', 'a', 'said by ada');
    await words.say('bo', 'b', 'said by bo');
    await said('said by bo', 'said by ada');
    await words.withdraw('ada', ['quote']);
    await said('said by bo');
    await page.getByRole('button', { name: 'Pause' }).click();
    await words.say('bo', 'c', 'said meanwhile');
    await words.say('bo', 'b', 'said better', { verb: 'edit', rev: 1 });
    await said('said better');
    await words.erase('bo');
    await said();
    expect(faults).toEqual([]);
    await close();
  });

  it('are not in the page before it is live, nor when the server is gone', async () => {
    const mortal = await startApp({ pages: true });
    const words = new Words(mortal, await mortal.makeBrand('breve'));
    await words.agree('ada');
    await words.say('ada', 'a', 'said by ada');
    const still = await visit(browser, mortal, { javaScriptEnabled: false });
    await still.page.goto(`${mortal.url}/b/breve`);
    expect(await still.page.locator('#excerpts').count()).toBe(1);
    expect(await still.page.locator(SAID).count()).toBe(0);
    await still.close();
    const { page, close } = await visit(browser, mortal);
    await page.goto(`${mortal.url}/b/breve`);
    await page.waitForSelector(SAID);
    await page.getByRole('button', { name: 'Pause' }).click();
    await mortal.close();
    await expect.poll(() => page.locator(SAID).count(), { timeout: 30_000 }).toBe(0);
    await close();
  });

  it('are text and nothing else, whatever is in them, in every language, theme and width', async () => {
    const words = new Words(app, await app.makeBrand('hostile'));
    await words.agree('eve');
    for (const [i, text] of HOSTILE.entries()) await words.say('eve', `e${i}`, text);
    const { page, faults, close } = await visit(browser, app);
    for (const [locale, width] of [
      ['', 360],
      ['/en', 1440],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${app.url}${locale}/b/hostile`);
      await page.waitForSelector(SAID);
      expect(await page.locator(SAID).allTextContents()).toEqual(HOSTILE.toReversed());
      expect(await page.evaluate('globalThis.hit')).toBeUndefined();
      expect(await page.locator(`${SAID} *`).count()).toBe(0);
      const over = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await page.evaluate<number>(over)).toBeLessThanOrEqual(0);
      expect(await violationsOf(page, 'page')).toEqual([]);
    }
    expect(faults).toEqual([]);
    await close();
  });
});

describe('words on the page of their fan', () => {
  it('are listed with what they are shown for, and go with the withdrawal', async () => {
    const words = new Words(app, await app.makeBrand('tenue'));
    await words.agree('ada');
    await words.say('ada', 'a', '<b>mes mots</b>');
    const { body } = await app.call('POST', '/brands/tenue/fans/invite', { network: 'facebook', fan: 'ada' });
    const { pathname, search } = new URL((body as { link: string }).link);
    const { page, close } = await visit(browser, app, { guest: true, javaScriptEnabled: false });
    await page.goto(app.url + pathname + search);
    await page.locator('form[action="?/open"] button').click();
    const listed = page.locator('[data-held="excerpts"] tbody tr');
    expect(await listed.count()).toBe(1);
    expect(await listed.locator('.words').textContent()).toBe('<b>mes mots</b>');
    await words.withdraw('ada', ['quote', 'wall']);
    await page.reload();
    expect(await listed.count()).toBe(0);
    await close();
  });
});
