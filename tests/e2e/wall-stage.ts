import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { WallChange } from '@fanfare/contract';
import type { TestApp } from '../support/app.ts';
import { pair } from '../support/display.ts';
import { visit, type Visit } from './visit.ts';

/** A television in a browser of its own, paired without anybody's hands. */
export interface Wall extends Visit {
  readonly id: string;
  /** Settings from here on. */
  readonly set: (wall: WallChange) => Promise<void>;
  /** What its remote control is told. */
  readonly order: (body: object) => Promise<void>;
  readonly fresh: (stage: string, timeout?: number) => Promise<unknown>;
  readonly scene: (name: string) => Promise<unknown>;
}

const FULL_HD = { width: 1920, height: 1080 };

/** Opens nothing yet: the page is blank, and has its key. */
export async function wallIn(
  browser: Browser,
  app: TestApp,
  wall: WallChange = {},
  options: BrowserContextOptions = {},
  brand = 'maison',
): Promise<Wall> {
  const seen = await visit(browser, app, { guest: true, viewport: FULL_HD, ...options });
  const { cookie } = await pair(app, [brand], 'Hall', {}, { seconds: 600, ...wall });
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  await seen.page.context().addCookies([{ name, value, url: app.url }]);
  const id = value.slice(0, 12);
  const call = async (method: string, path: string, body: object) => {
    const { status } = await app.call(method, path, body);
    if (status !== 200) throw new Error(`${path}: ${status}`);
  };
  return {
    ...seen,
    id,
    set: (change) => call('PATCH', `/displays/${id}`, { wall: change }),
    order: (body) => call('POST', `/displays/${id}/orders`, body),
    fresh: (stage, timeout = 30_000) => seen.page.waitForSelector(`[data-freshness="${stage}"]`, { timeout }),
    scene: (scene) => seen.page.waitForSelector(`[data-scene="${scene}"]`, { timeout: 30_000 }),
  };
}

/** Says what is too small, too pale, cut or outside of the screen. Hundredths of the height. */
const LOOK = `(() => {
  const found = [];
  const vh = innerHeight / 100;
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => {
      const c = Number(part) / 255;
      return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (!/rgba\\(.*, 0\\)$|transparent/.test(backgroundColor)) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  const texts = document.createTreeWalker(document.querySelector('.wall'), NodeFilter.SHOW_TEXT);
  let least = Infinity;
  let contrast = Infinity;
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const element = text.parentElement;
    if (!text.data.trim() || element.closest('.w-hidden')) continue;
    const style = getComputedStyle(element);
    const range = document.createRange();
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    const what = text.data.trim().slice(0, 20) + ' ';
    const size = parseFloat(style.fontSize) / vh;
    least = Math.min(least, size);
    const [a, b] = [light(style.color), light(behind(element))];
    contrast = Math.min(contrast, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
    if (box.left < 0 || box.top < 0 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
      found.push(what + 'is outside');
    const scene = element.closest('.w-scene');
    if (scene && box.bottom > scene.getBoundingClientRect().bottom + 2 * vh) found.push(what + 'runs over');
  }
  const heroes = [...document.querySelectorAll('[data-hero]')];
  for (const hero of heroes) {
    const size = parseFloat(getComputedStyle(hero).fontSize) / vh;
    if (size < 18 || size > 24) found.push('hero of ' + size);
    if (hero.scrollWidth > hero.clientWidth + 1) found.push('hero is cut: ' + hero.textContent);
  }
  if (document.documentElement.scrollHeight > innerHeight) found.push('scrolls');
  return { found, least, contrast, heroes: heroes.length };
})()`;

export interface Look {
  readonly found: string[];
  /** Smallest text, hundredths of the height. */
  readonly least: number;
  /** Least contrast of a text. */
  readonly contrast: number;
  readonly heroes: number;
}

export const lookAt = (page: Page): Promise<Look> => page.evaluate<Look>(LOOK);

/** Waits until nothing fades any more. */
export async function settled(page: Page): Promise<void> {
  const moving = `document.getAnimations().some((one) => one.playState === 'running' && one.animationName)`;
  for (let i = 0; i < 60 && (await page.evaluate<boolean>(moving)); i++) await page.waitForTimeout(50);
}
