import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { consent, startApp, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { fakeInternet } from '../support/fake-internet.ts';
import { contenders, type Contender } from '../support/proof-contenders.ts';
import { visit, type Visit } from './visit.ts';

const MINUTE = 60_000;

/** Options of a page on a small phone. */
export const PHONE = { viewport: { width: 360, height: 740 } };

/** A brand with twelve fans who were active, in a real server, beside a browser and fake networks. */
export interface FanStage {
  readonly app: TestApp;
  readonly browser: Browser;
  /** Networks that fans can prove their account of. */
  readonly networks: readonly Contender[];
  /** Go on to the next minute: the allowance of openings is per minute. */
  readonly nextMinute: () => void;
  /** The address of a fresh link, in the next minute. */
  readonly linkFor: (fan: string, locale?: string) => Promise<string>;
  /** A page opened by such a link; without JavaScript unless asked otherwise. */
  readonly openAs: (fan: string, locale?: string, options?: object) => Promise<Visit>;
  readonly close: () => Promise<void>;
}

/** Sets the stage at k = 10; `fan-0` did three things, the others one each. */
export async function raiseStage(): Promise<FanStage> {
  let shift = 0;
  const clock = () => Date.now() + shift;
  const internet = await fakeInternet();
  const networks = contenders(internet, 'http://localhost:3000', clock);
  const options = { pages: true, k: 10, clock, alerts: { everyMs: 500 } };
  const [app, browser] = await Promise.all([
    startApp({ ...options, proofs: networks.map(({ proof }) => proof) }),
    launchBrowser(),
  ]);
  await app.makeBrand('maison');
  const at = Date.now() - 60 * MINUTE;
  const fans = Array.from({ length: 12 }, (_, i) => `fan-${i}`);
  await app.call(
    'POST',
    '/brands/maison/consents',
    fans.map((fan) => consent(fan, at)),
  );
  const events = [...fans, 'fan-0', 'fan-0'].map((fan, i) => ({
    id: `e${i}`,
    network: 'facebook',
    kind: 'comment',
    fan,
    occurredAt: new Date(at + 30 * MINUTE).toISOString(),
    text: 'good',
  }));
  await app.call('POST', '/brands/maison/events', events);

  const nextMinute = () => void (shift += MINUTE);
  const linkFor: FanStage['linkFor'] = async (fan, locale = 'fr') => {
    nextMinute();
    const { body } = await app.call('POST', '/brands/maison/fans/invite', {
      network: 'facebook',
      fan,
      locale,
    });
    const { pathname, search } = new URL((body as { link: string }).link);
    return app.url + pathname + search;
  };
  return {
    app,
    browser,
    networks,
    nextMinute,
    linkFor,
    async openAs(fan, locale = 'fr', given = { javaScriptEnabled: false }) {
      const made = await visit(browser, app, { guest: true, ...PHONE, ...given });
      made.page.setDefaultTimeout(30_000);
      await made.page.goto(await linkFor(fan, locale));
      await made.page.locator('form[action="?/open"] button').click();
      await made.page.waitForSelector('[data-purpose="measure"]');
      return made;
    },
    async close() {
      await browser.close();
      await app.close();
      await internet.close();
    },
  };
}

/** What axe has to say in both themes: everything in the light one, in the dark one what its colours change. */
export async function violationsOf(page: Page, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const builder = new AxeBuilder({ page }).setLegacyMode();
    if (colorScheme === 'dark') builder.withRules('color-contrast');
    const { violations } = await builder.analyze();
    found.push(
      ...violations.map(({ id, nodes }) => `${name} ${colorScheme}: ${id} ${String(nodes[0]?.target)}`),
    );
  }
  return found;
}

/** What axe has to say in both themes, and whether the page scrolls sideways. */
export async function axe(page: Page, name: string): Promise<string[]> {
  const found = await violationsOf(page, name);
  const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  if (over > 0) found.push(`${name}: scrolls sideways by ${over}`);
  return found;
}
