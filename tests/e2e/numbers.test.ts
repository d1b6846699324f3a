import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consent, startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { violationsOf } from './fan-stage.ts';
import { visit } from './visit.ts';

const MINUTE = 60_000;
const FANS = Array.from({ length: 14 }, (_, i) => `fan-${i}`);

let app: TestApp;
let browser: Browser;
/** Everything below happened here: this instant and the minute before it. */
const now = Date.now();

/** What is below the first view is fetched once it came near the screen. */
async function unroll(page: Page): Promise<void> {
  for (const part of await page.locator('.later').all()) await part.scrollIntoViewIfNeeded();
  await page.waitForFunction(
    `[...document.querySelectorAll('.later')].every((part) => part.querySelector('*'))`,
  );
}

const ground = (page: Page, definition: string) => page.locator(`[data-ground="${definition}"]`);
const table = (page: Page, definition: string, title: string) =>
  page.locator(`[data-table="${definition}"]`).filter({ hasText: title });

async function figure(network: string, value: number, at: number): Promise<void> {
  const asOf = new Date(at).toISOString();
  const answer = await app.call('POST', '/brands/jardin/platform-figures', {
    ...{ network, window: '1h', value, asOf },
  });
  expect(answer.status).toBe(204);
}

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ pages: true, k: 10 }), launchBrowser()]);
  await app.call('POST', '/brands', {
    slug: 'jardin',
    name: 'Jardin',
    timeZone: 'Europe/Paris',
    locale: 'fr',
  });
  await app.makeBrand('petite');
  for (const [brand, fans] of [
    ['jardin', FANS],
    ['petite', FANS.slice(0, 3)],
  ] as const) {
    const purposes = { measure: true, influence: true };
    await app.call(
      'POST',
      `/brands/${brand}/consents`,
      fans.map((fan) => consent(fan, now - 60 * MINUTE, purposes)),
    );
    // Each loves the object of the next one: a credit of weight 1 for everybody.
    const events = fans.map((fan, i) => {
      const owner = fans[(i + 1) % fans.length]!;
      return {
        ...{ id: `r-${fan}`, network: 'facebook', kind: 'reaction', reaction: 'love', fan, campaign: 'noel' },
        ...{ object: `by-${owner}`, objectOwner: owner, occurredAt: new Date(now).toISOString() },
      };
    });
    const { body } = await app.call('POST', `/brands/${brand}/events`, events);
    expect(body).toMatchObject({ counted: fans.length });
  }
});

afterAll(async () => {
  await browser.close();
  await app.close();
});

describe('the numbers of the desk', () => {
  it('paints histogram, reactions, campaigns and loyalty without script', async () => {
    const { page, close } = await visit(browser, app, { javaScriptEnabled: false });
    await page.goto(`${app.url}/en/b/jardin`);
    expect(await table(page, 'influence@1', 'how many fans').locator('tbody tr').allInnerTexts()).toEqual([
      expect.stringMatching(/^1\s+14$/),
    ]);
    expect(await table(page, 'reactions@1', 'By reaction').locator('tbody').innerText()).toMatch(
      /Love\s+14\s+100%/,
    );
    expect(await table(page, 'engagements@1', 'By campaign').locator('tbody').innerText()).toContain('noel');
    expect(await table(page, 'rfe@1', 'Loyalty').locator('tbody tr').first().innerText()).toMatch(
      /less than a day ago\s+14\s+0\s+0\s+0/,
    );
    expect(await page.locator('[data-table]', { hasText: 'By language' }).count()).toBe(0);
    await close();
  });

  it('says why there is no velocity, and what to do for a figure of the network', async () => {
    const { page, close } = await visit(browser, app);
    await page.goto(`${app.url}/b/jardin`);
    await page.waitForSelector('[data-freshness="live"]');
    await unroll(page);
    expect(await ground(page, 'velocity@1').innerText()).toContain('0 semaine connue sur les 3 qu’il faut');
    expect(await ground(page, 'reach.platform@1').innerText()).toContain(
      '/api/v1/brands/jardin/platform-figures',
    );
    await ground(page, 'velocity@1').locator('h2 a').click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.innerText()).toContain('semaine connue');
    expect(await dialog.innerText()).toContain('Semaines connues');
    await close();
  });

  it('shows the figure of a network as it is posted, with its instant and the rate; two are never added', async () => {
    const { page, faults, close } = await visit(browser, app);
    await page.goto(`${app.url}/en/b/jardin`);
    await page.waitForSelector('[data-freshness="live"]');
    await unroll(page);
    await figure('facebook', 140, Date.now());
    const panel = ground(page, 'reach.platform@1');
    await panel.getByText('Figure of Facebook, as of').waitFor();
    expect(await panel.locator('.figure').innerText()).toBe('140');
    const row = page.locator('tr.detail');
    expect(await row.innerText()).toMatch(/By the network: 140, as of .* · rate 10%/);
    await page.getByRole('link', { name: 'Engagement rate' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.innerText()).toMatch(/Facebook: 10% \(14 people\)/);
    expect(await dialog.innerText()).toContain('Reach by the network: 140');
    await page.keyboard.press('Escape');
    expect(await violationsOf(page, 'page')).toEqual([]);
    await figure('x', 60, now - 2 * 24 * 60 * MINUTE);
    // Nobody engaged on X: its figure has no row, and the brand as a whole has none.
    expect((await app.board('jardin', '1h')).measures['reach.platform@1']?.value).toBeNull();
    await page.reload();
    await page.waitForSelector('[data-freshness="live"]');
    await unroll(page);
    expect(await panel.locator('.figure').allInnerTexts()).toEqual(['140']);
    expect(await panel.innerText()).not.toContain('200');
    expect(faults).toEqual([]);
    await close();
  });

  it('opens how each number is counted, on a brand that is hidden too', async () => {
    const { page, faults, close } = await visit(browser, app);
    for (const path of ['/en/b/jardin', '/en/b/petite']) {
      await page.goto(app.url + path);
      await page.waitForSelector('[data-freshness="live"]');
      await unroll(page);
      const names = page.locator('main a[href*="/definitions#"]');
      const seen = new Set<string>();
      for (const name of await names.all()) {
        const id = (await name.getAttribute('href'))!.split('#')[1]!;
        if (seen.has(id)) continue;
        seen.add(id);
        await name.click();
        const text = await page.getByRole('dialog').innerText();
        for (const part of [', version 1', 'Kind', 'Value', 'Coverage', 'fewer than 10 people', 'As of'])
          if (!(part === 'As of' && id === 'reach.platform@1')) expect(text, id).toContain(part);
        expect(text, id).not.toMatch(/undefined|NaN|\[object|could not be read/);
        if (path.endsWith('petite') && id === 'influence@1') expect(text).toMatch(/<\s10/);
        await page.keyboard.press('Escape');
      }
      expect([...seen].sort()).toEqual(
        expect.arrayContaining(['influence.h@1', 'influence@1', 'reactions@1', 'rfe@1']),
      );
    }
    expect(await page.locator('.desk').innerText()).not.toContain('Love leads');
    expect(faults).toEqual([]);
    await close();
  });
});
