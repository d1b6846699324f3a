import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PHONE, raiseStage, type FanStage } from './fan-stage.ts';
import { visit } from './visit.ts';

let stage: FanStage;
beforeAll(async () => {
  stage = await raiseStage();
});
afterAll(() => stage.close());

const effect = (page: Page) => page.locator('[data-effect] td').allTextContents();
const answersOf = (page: Page) =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('fieldset[data-purpose]')].map((row) => row.dataset.answer)`,
  );

describe('the fan page, without JavaScript, on a phone', () => {
  it('opens by a link’s button alone: looking at the link uses nothing up', async () => {
    const { page, close } = await visit(stage.browser, stage.app, {
      guest: true,
      ...PHONE,
      javaScriptEnabled: false,
    });
    const link = await stage.linkFor('fan-1');
    for (let i = 0; i < 3; i++) {
      const answer = await page.goto(link);
      expect(answer?.headers()['referrer-policy']).toBe('same-origin');
    }
    await page.click('form[action="?/open"] button');
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/fan/maison');
    await page.goto(link);
    expect(await page.locator('[data-purpose="measure"]').count()).toBe(1);
    await close();
    const second = await visit(stage.browser, stage.app, { guest: true, ...PHONE, javaScriptEnabled: false });
    await second.page.goto(link);
    await second.page.click('form[action="?/open"] button');
    expect(await second.page.locator('[data-reason]').getAttribute('data-reason')).toBe('link_refused');
    await second.close();
  });

  it('ticks nothing, gives yes and no one size, and asks the age with the first yes', async () => {
    const { page, close } = await stage.openAs('new-one');
    expect(await answersOf(page)).toEqual(Array<string>(6).fill('none'));
    expect(await page.locator('input[type="radio"]:checked').count()).toBe(0);
    const sizes = await page.evaluate<string[]>(
      `[...document.querySelectorAll('fieldset[data-purpose] label')].map((l) => l.clientWidth + '×' + l.clientHeight)`,
    );
    expect(sizes).toHaveLength(12);
    expect(new Set(sizes).size).toBe(1);
    const first = page.locator('[data-purpose="measure"] label');
    await first.first().click();
    await page.click('form[action="?/choose"] button');
    expect(await page.locator('[data-reason]').getAttribute('data-reason')).toBe('age_missing');
    await first.first().click();
    await page.check('input[value="under-15"]');
    await page.click('form[action="?/choose"] button');
    expect(await page.textContent('[data-reason]')).toContain('Merci de votre franchise');
    await first.first().click();
    await page.check('input[value="18+"]');
    await page.click('form[action="?/choose"] button');
    expect(await page.textContent('h2#effect')).toBe('C’est enregistré');
    expect((await effect(page)).slice(0, 2)).toEqual(['0', '1']);
    expect(await answersOf(page)).toEqual(['yes', ...Array<string>(5).fill('none')]);
    await close();
  });

  it('withdraws, and sees at once that it took its own part out of the totals', async () => {
    const { page, close } = await stage.openAs('fan-0', 'en');
    expect(await page.locator('[data-held="engagements"] tbody tr').count()).toBe(3);
    await page.locator('[data-purpose="measure"] label').nth(1).click();
    await page.click('form[action="?/choose"] button');
    const cells = await effect(page);
    // The fan's own part is exact; the totals are those of the public, in tens.
    expect(cells.filter((_, i) => i % 3 < 2)).toEqual(['1', '0', '1', '0', '3', '0']);
    for (const total of cells.filter((_, i) => i % 3 === 2)) expect(total).toMatch(/^\d0$/);
    expect(await page.locator('[data-held="engagements"]').count()).toBe(0);
    await close();
  });

  it('erases after the word, and says goodbye', async () => {
    const { page, close } = await stage.openAs('fan-2');
    await page.fill('#confirm', 'oui');
    await page.click('form[action="?/erase"] button');
    expect(await page.locator('[data-reason]').getAttribute('data-reason')).toBe('erase_word');
    await page.fill('#confirm', 'effacer');
    await page.click('form[action="?/erase"] button');
    expect(await page.textContent('h2#effect')).toBe('Vous êtes effacé');
    expect(await page.locator('[data-purpose]').count()).toBe(0);
    await page.goto(`${stage.app.url}/fan/maison`);
    expect(await page.locator('[data-purpose]').count()).toBe(0);
    await close();
  });

  it('is left and read on one page', async () => {
    const { page, close } = await stage.openAs('fan-3', 'en');
    await page.click('a[href="/en/fan/maison/held"]');
    expect(await page.textContent('h1')).toContain('holds about you');
    expect(await page.locator('[data-held="consents"] tbody tr').count()).toBe(1);
    await page.goBack();
    await page.click('form[action="?/leave"] button');
    await page.goto(`${stage.app.url}/en/fan/maison/held`);
    expect(new URL(page.url()).pathname).toBe('/en/fan/maison');
    await close();
  });
});

describe('the fan page, with JavaScript', () => {
  it('sends no script, and is done by keyboard alone', async () => {
    const scripts: string[] = [];
    const { page, faults, close } = await visit(stage.browser, stage.app, { guest: true, ...PHONE });
    page.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()));
    await page.goto(await stage.linkFor('fan-4', 'en'));
    await press(page, 'form[action="?/open"] button', 'Enter');
    await page.waitForSelector('[data-purpose="measure"]');
    await press(page, '[data-purpose="measure"] input', 'ArrowRight');
    await press(page, 'form[action="?/choose"] button', 'Enter');
    await page.waitForSelector('[data-effect]');
    expect(await answersOf(page)).toContain('no');
    expect(scripts).toEqual([]);
    expect(await page.locator('script').count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });

  it('proves an account of every network there and back, and says what was written wrong', async () => {
    const wrong = { bluesky: 'alice', mastodon: 'localhost', facebook: null };
    const right = { bluesky: 'alice.example', mastodon: 'mastodon.example', facebook: null };
    for (const { network, account, approve, deny } of stage.networks) {
      const key = network as keyof typeof wrong;
      stage.nextMinute();
      const { page, faults, close } = await visit(stage.browser, stage.app, {
        guest: true,
        ...PHONE,
        javaScriptEnabled: false,
      });
      const write = async (written: string | null) => {
        const way = page.locator(`[data-way="${network}"]`);
        if (written !== null) await way.locator('input:not([type="hidden"])').fill(written);
        await way.locator('button').click();
      };
      const go = async () => {
        await write(right[key]);
        return (await page.getAttribute('a[rel="noreferrer"]', 'href')) ?? '';
      };
      await page.goto(`${stage.app.url}/en/fan/maison`);
      if (wrong[key] !== null) {
        await write(wrong[key]);
        expect(await page.locator('[data-reason]').getAttribute('data-reason')).toMatch(/^bad_/);
        const field = page.locator('input[aria-invalid="true"][aria-describedby="reason"]');
        expect(await field.inputValue()).toBe(wrong[key]);
      }
      const denied = deny(await go());
      await page.goto(`${stage.app.url}/api/v1/fan-proofs/${network}?${denied.toString()}`);
      expect(await page.locator('[data-reason]').getAttribute('data-reason')).toBe('proof_denied');
      const query = approve(await go());
      await page.goto(`${stage.app.url}/api/v1/fan-proofs/${network}?${query.toString()}`);
      expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/en/fan/maison');
      expect(await page.textContent('header')).toContain(account.name ?? account.fan);
      expect(await page.locator('[data-purpose="measure"]').count()).toBe(1);
      expect(faults.filter((fault) => !fault.includes('400'))).toEqual([]);
      await close();
    }
  });

  it('respects Global Privacy Control', async () => {
    const { page, close } = await stage.openAs('gpc', 'en', { extraHTTPHeaders: { 'sec-gpc': '1' } });
    expect(await page.locator('form[action="?/choose"] > fieldset[data-purpose]').count()).toBe(1);
    expect(await page.locator('details fieldset').count()).toBe(4);
    expect(await page.locator('[data-purpose="offers"]').count()).toBe(0);
    expect(await page.textContent('main')).toContain('Global Privacy Control');
    await close();
  });
});

/** Tab to an element and press a key on it. */
async function press(page: Page, selector: string, key: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    if (
      await page.evaluate<boolean>(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`)
    ) {
      await page.keyboard.press(key);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`${selector} cannot be reached by the keyboard`);
}
