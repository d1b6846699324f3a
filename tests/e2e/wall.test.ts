import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WALL_SCENES } from '@fanfare/contract';
import { startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { newerCss, newerHtml, type Tag } from '../support/old-browser.ts';
import { crowd } from '../support/wall-crowd.ts';
import { Words } from '../support/words.ts';
import { visit } from './visit.ts';
import { lookAt, settled, wallIn, type Wall } from './wall-stage.ts';

const DAY = 86_400_000;
let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ pages: true }), launchBrowser()]);
  await app.call('POST', '/brands', {
    slug: 'maison',
    name: 'Maison Lumière',
    timeZone: 'Europe/Paris',
    locale: 'fr',
  });
  await crowd(app, 'maison', 80);
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

async function axe({ page }: Pick<Wall, 'page'>, name: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${name}: ${id} ${String(nodes[0]?.target)}`);
}

describe('a wall', () => {
  it.each([
    ['day', 'fr', 1920],
    ['night', 'en', 3840],
  ] as const)('is read from across the room: by %s, in "%s", %i px wide', async (theme, locale, width) => {
    const viewport = { width, height: (width * 9) / 16 };
    const wall = await wallIn(browser, app, { theme, locale }, { viewport });
    await wall.page.goto(`${app.url}/wall`);
    await wall.fresh('live');
    expect(wall.page.url()).toBe(`${app.url}${locale === 'en' ? '/en' : ''}/wall`);
    const found: string[] = [];
    const seen: string[] = [];
    for (const scene of WALL_SCENES) {
      await wall.order({ order: 'pin', brand: 'maison', scene });
      await wall.scene(scene);
      await settled(wall.page);
      const look = await lookAt(wall.page);
      found.push(...look.found.map((one) => `${scene}: ${one}`));
      seen.push(`${scene} ${look.least.toFixed(2)} vh, ${look.contrast.toFixed(1)}:1`);
      expect(look.least, scene).toBeGreaterThanOrEqual(4.9);
      expect(look.contrast, scene).toBeGreaterThanOrEqual(7);
      expect(look.heroes, scene).toBe(scene === 'words' ? 0 : scene === 'numbers' ? 4 : 1);
      // Contrast was looked at above: other scenes differ in nothing else axe knows of.
      if (scene === 'numbers') found.push(...(await axe(wall, scene)));
    }
    console.log(`${theme} ${width}: ${seen.join(' · ')}`);
    await wall.set({ theme: theme === 'day' ? 'night' : 'day' });
    await wall.page.waitForSelector(theme === 'day' ? '.w-night' : '.w-day');
    expect((await lookAt(wall.page)).contrast).toBeGreaterThanOrEqual(7);
    expect([found, wall.faults]).toEqual([[], []]);
    await wall.close();
  });

  it('follows what the team sets and its remote control, without a hand on it', async () => {
    const wall = await wallIn(browser, app, {}, { reducedMotion: 'reduce' });
    await wall.page.goto(`${app.url}/wall`);
    await wall.fresh('live');
    await wall.scene('numbers');
    const team = await visit(browser, app, { viewport: { width: 360, height: 740 } });
    await team.page.goto(`${app.url}/displays/${wall.id}`);
    await team.page.waitForSelector('[data-showing="numbers"]');
    await team.page.click('button[value="next"]');
    await wall.scene('line');
    await team.page.waitForSelector('[data-showing="line"]', { timeout: 30_000 });
    await team.page.click('button[value="identify"]');
    expect(await wall.page.textContent('[data-naming]')).toBe('Hall');
    await team.page.selectOption('#slide', 'maison networks');
    await team.page.click('button[value="pin"]');
    await wall.scene('networks');
    expect(await axe(team, 'remote')).toEqual([]);
    await team.page.goto(`${app.url}/en/displays`);
    const card = team.page.locator('article', { has: team.page.locator(`a[href$="${wall.id}"]`) });
    expect(await card.locator('[data-version]').textContent()).toBe('Pages up to date');
    await card.locator('summary').first().click();
    await card.locator('select[name="locale"]').selectOption('en');
    await card.locator('input[name="metres"]').fill('2');
    await card.locator('form[action="?/change"] button').click();
    await wall.page.waitForURL(`${app.url}/en/wall`);
    await wall.fresh('live');
    await expect.poll(async () => (await lookAt(wall.page)).least).toBeLessThan(3);
    expect(await wall.page.textContent('.w-title')).toBe('By network');
    const moving = `[...document.querySelectorAll('.wall, .wall *')].filter((one) => {
      const { transitionDuration: t, animationName: a } = getComputedStyle(one);
      return parseFloat(t) > 0 || a !== 'none';
    }).length`;
    expect(await wall.page.evaluate<number>(moving)).toBe(0);
    expect([wall.faults, team.faults]).toEqual([[], []]);

    await app.call('DELETE', `/displays/${wall.id}`);
    await wall.page.waitForSelector('[data-code]', { timeout: 30_000 });
    expect(new URL(wall.page.url()).pathname).toBe('/en/wall');
    const kept = `new Promise((done) => { const open = indexedDB.open('fanfare-wall', 1); open.onsuccess = () => {
      const ask = open.result.transaction('kept').objectStore('kept').count(); ask.onsuccess = () => done(ask.result); }; })`;
    expect(await wall.page.evaluate<number>(kept)).toBe(0);
    await Promise.all([wall.close(), team.close()]);
  });

  it('shows the words of fans who agreed to walls, and takes them back within five seconds', async () => {
    const words = new Words(app, await app.makeBrand('mots'));
    await words.agree('ada', { measure: true, quote: true, wall: true });
    await words.agree('bo', { measure: true, quote: true });
    await words.say('ada', 'a', 'said by ada');
    await words.say('bo', 'b', 'said by bo');
    const wall = await wallIn(browser, app, { scenes: ['numbers', 'words'], seconds: 10 }, {}, 'mots');
    await wall.page.goto(`${app.url}/wall`);
    await wall.page.waitForSelector('[data-words]', { timeout: 30_000 });
    expect(await wall.page.textContent('[data-words]')).toBe('said by ada');
    await wall.order({ order: 'pause' });
    await words.withdraw('ada', ['wall']);
    await wall.page.waitForSelector('[data-words]', { state: 'detached', timeout: 30_000 });
    expect(wall.faults).toEqual([]);
    await wall.close();
  });

  it('is a document of 2019 for old televisions, by a cookie alone', async () => {
    const wall = await wallIn(browser, app, { scenes: ['numbers', 'mood'] }, { javaScriptEnabled: false });
    await wall.page.goto(`${app.url}/wall`);
    await wall.page.waitForURL(`${app.url}/wall/lite`);
    await wall.page.waitForSelector('[data-freshness="served"]');
    const answer = await wall.page.request.get(`${app.url}/wall/lite`);
    const html = await answer.text();
    expect(html).not.toContain('<script');
    expect(answer.headers()['refresh']).toBe('60');
    const reader = await visit(browser, app, { guest: true });
    const tags = await reader.page.evaluate<Tag[]>(`[...new DOMParser()
      .parseFromString(${JSON.stringify(html)}, 'text/html')
      .querySelectorAll('*')].map((one) => ({
        name: one.localName,
        svg: one.namespaceURI.endsWith('svg'),
        attributes: one.getAttributeNames(),
      }))`);
    expect(tags.length).toBeGreaterThan(20);
    expect(newerHtml(tags)).toEqual([]);
    const css = await wall.page.request.get(app.url + (/href="(\/wall\.css[^"]*)"/.exec(html)?.[1] ?? ''));
    const inline = /<style>([^<]*)<\/style>/.exec(html)?.[1] ?? '';
    expect(newerCss(inline + (await css.text()))).toEqual([]);
    await wall.set({ theme: 'night', metres: 6 });
    await wall.page.goto(`${app.url}/wall/lite`);
    expect(await wall.page.locator('.w-night').count()).toBe(1);
    await wall.close();

    const seeing = await wallIn(browser, app, {});
    await seeing.page.goto(`${app.url}/wall/lite`);
    await settled(seeing.page);
    const look = await lookAt(seeing.page);
    expect(look.found).toEqual([]);
    expect(look.least).toBeGreaterThanOrEqual(4.9);
    expect(await axe(seeing, 'lite')).toEqual([]);
    await app.call('DELETE', `/displays/${seeing.id}`);
    await seeing.page.reload();
    expect(await seeing.page.locator('[data-code]').count()).toBe(1);
    await reader.page.goto(`${app.url}/en/wall/lite`);
    expect(await axe(reader, 'lite code')).toEqual([]);
    expect([seeing.faults, reader.faults]).toEqual([[], []]);
    await Promise.all([seeing.close(), reader.close()]);
  });

  it('keeps its last frame with its age while the server is away, and goes on by itself', async () => {
    const mortal = await startApp({ pages: true });
    await mortal.call('POST', '/brands', {
      slug: 'maison',
      name: 'Maison',
      timeZone: 'Europe/Paris',
      locale: 'fr',
    });
    await crowd(mortal, 'maison', 30);
    const { url } = mortal;
    // One by Socket.IO and a day late, one by a plain websocket and a day early.
    const walls = await Promise.all([1, 2].map(() => wallIn(browser, mortal, { scenes: ['numbers'] })));
    const [first, second] = walls as [Wall, Wall];
    await second.page.routeWebSocket(/socket\.io/, (socket) => socket.close());
    for (const [i, { page }] of walls.entries()) {
      await page.clock.install({ time: Date.now() + (i === 0 ? -DAY : DAY) });
      await page.goto(`${url}/wall`);
      await page.waitForSelector('[data-scene="numbers"]');
    }
    await second.page.clock.fastForward(95_000);
    await Promise.all(walls.map(({ fresh }) => fresh('live')));
    expect(second.sockets.at(-1)).toContain('/api/v1/live');
    const hero = '[data-tile="reach.active@1"] [data-hero]';
    for (const { page } of walls) await page.evaluate('globalThis.mark = 1');
    await first.page.clock.fastForward(31_000);
    await first.fresh('live');
    await mortal.app.close();
    await Promise.all(walls.map(({ fresh }) => fresh('offline')));
    for (const { page, fresh } of walls) {
      await page.clock.fastForward(3 * 60_000);
      await fresh('offline');
      expect(await page.textContent('.w-age')).toContain('Hors ligne depuis 3');
      expect((await page.textContent(hero))?.trim()).toBe('30');
      await page.clock.fastForward(27 * 60_000);
      await page.waitForSelector('[data-old]');
      expect(await page.locator('[data-hero]').count()).toBe(0);
    }
    const port = Number(new URL(url).port);
    const again = await startApp({ pages: true, database: mortal.database, port, publicUrl: url });
    for (const { page, fresh } of walls) {
      await page.clock.fastForward(25_000);
      await fresh('live', 25_000);
      expect(await page.evaluate('globalThis.mark')).toBe(1);
      expect((await page.textContent(hero))?.trim()).toBe('30');
    }
    const kept = `new Promise((done) => { const open = indexedDB.open('fanfare-wall', 1); open.onsuccess = () => {
      const ask = open.result.transaction('kept').objectStore('kept').get('last'); ask.onsuccess = () => done(ask.result ?? ''); }; })`;
    await first.page.clock.fastForward(31_000);
    await expect.poll(() => first.page.evaluate<string>(kept)).toContain('"brand":"maison"');
    expect(await first.page.evaluate<string>(kept)).not.toContain('excerpts');
    await Promise.all(walls.map(({ close }) => close()));
    await again.close();
  });
});
