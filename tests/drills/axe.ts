import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { TOKEN, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { withApp } from '../support/drill-app.ts';
import { FIRST_PLACES, placesOf, type Place } from '../support/places/places.ts';
import { cookiesOf, settle, type Settled } from '../support/places/settle.ts';
import { crowd } from '../support/wall-crowd.ts';

/**
 * Every route × language × theme by axe, the targets' size too, and no sideways scroll on a phone.
 * `pnpm drill axe [PART OF A PATH]`
 */
const part = process.argv[2] ?? '';
const THEMES = ['light', 'dark'] as const;
/** What sticks out the furthest. */
const WIDEST = `(() => {
  const over = [...document.querySelectorAll('body *')].map((one) => [one.getBoundingClientRect().right, one]);
  const [right, one] = over.sort(([a], [b]) => b - a)[0];
  return one.tagName + ' ' + one.className + ' to ' + Math.round(right) + ' px';
})()`;
const found: string[] = [];
let looks = 0;

/** Ask until it is so; the policy of our pages lets nothing be evaluated in them by a watcher. */
async function until(page: Page, what: string, timeout: number): Promise<boolean> {
  const end = performance.now() + timeout;
  for (;;) {
    if (await page.evaluate<boolean>(what)) return true;
    if (performance.now() > end) return false;
    await page.waitForTimeout(50);
  }
}

async function open(browser: Browser, app: TestApp, { who }: Place, made: Settled | null): Promise<Page> {
  // No colour on its way to another while axe looks.
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    viewport: { width: 1440, height: 900 },
  });
  if (who === 'installation')
    await context.request.post(`${app.url}/api/v1/session`, { data: { token: TOKEN } });
  else await context.addCookies(cookiesOf(made?.cookies[who] ?? '', app.url));
  return context.newPage();
}

async function look(page: Page, app: TestApp, { who, path }: Place): Promise<void> {
  for (const prefix of ['', '/en']) {
    const name = prefix + (path === '/' && prefix ? '' : path);
    await page.setViewportSize({ width: 1440, height: 900 });
    const answer = await page.goto(app.url + name);
    if (!answer || answer.status() >= 500) found.push(`${name}: answered ${answer?.status() ?? 'nothing'}`);
    await page.waitForSelector('script:not([src])', { state: 'detached', timeout: 8_000 }).catch(() => null);
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      const rules = { 'target-size': { enabled: true } };
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ rules }).analyze();
      looks++;
      for (const { id, nodes } of violations)
        found.push(`${who} ${name} ${colorScheme}: ${id} ${nodes.length} × ${String(nodes[0]?.target)}`);
    }
    await page.setViewportSize({ width: 360, height: 780 });
    // Charts follow their place a moment later.
    const fits = 'document.documentElement.scrollWidth <= document.documentElement.clientWidth';
    if (!path.startsWith('/wall') && !(await until(page, fits, 4_000)))
      found.push(`${who} ${name}: scrolls sideways, ${await page.evaluate<string>(WIDEST)}`);
  }
}

await withApp(
  async (app) => {
    const browser = await launchBrowser();
    const walk = async (places: readonly Place[], made: Settled | null) => {
      for (const place of places.filter(({ path }) => path.includes(part))) {
        const page = await open(browser, app, place, made);
        await look(page, app, place);
        await page.context().close();
      }
    };
    try {
      await walk(FIRST_PLACES, null);
      await app.makeBrand('maison');
      await crowd(app, 'maison', 120);
      const made = await settle(app, 'maison');
      await walk(placesOf(made), made);
    } finally {
      await browser.close();
    }
    for (const line of found) console.log(line);
    console.log(`${looks} looks of axe, ${found.length} found`);
    if (found.length > 0) process.exitCode = 1;
  },
  { pages: true, k: 10 },
);
