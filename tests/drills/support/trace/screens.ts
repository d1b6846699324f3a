import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { TOKEN } from '../../../bench/support/server-process.ts';
import { launchProfile } from '../../../support/browser.ts';

/** The page as it stands, and all that its origin keeps in the browser. */
const EVERYTHING = `(async () => {
  const out = [document.documentElement.outerHTML, document.cookie];
  for (const storage of [localStorage, sessionStorage]) out.push(JSON.stringify({ ...storage }));
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((resolve) => (indexedDB.open(name).onsuccess = (e) => resolve(e.target.result)));
    for (const store of db.objectStoreNames) {
      const all = db.transaction(store).objectStore(store).getAll();
      out.push(await new Promise((resolve) => (all.onsuccess = () => resolve(JSON.stringify(all.result)))));
    }
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const key of await cache.keys()) out.push(key.url, await (await cache.match(key)).text());
  }
  return out.join('\\n');
})()`;

/** A browser with a profile on disk: the desk of a brand stays open in it, fans' pages come and go. */
export interface Screens {
  /** Folder of the profile. */
  readonly profile: string;
  /** What the open desk shows and keeps. */
  readonly desk: () => Promise<string>;
  /** Open a fan's page by a link; gives what it shows. It stays open. */
  readonly openFan: (link: string) => Promise<string>;
  /** Erase on the fan's page that is open, by its form; gives what is shown then. */
  readonly eraseFan: () => Promise<string>;
  /** End the browser; the profile stays until `clear`. */
  readonly close: () => Promise<void>;
  readonly clear: () => Promise<void>;
}

export async function openScreens(url: string, brand: string): Promise<Screens> {
  const profile = await mkdtemp(join(tmpdir(), 'fanfare-profile-'));
  const context = await launchProfile(profile);
  const signedIn = await context.request.post(`${url}/api/v1/session`, { data: { token: TOKEN } });
  if (!signedIn.ok()) throw new Error(`the browser was not signed in: ${signedIn.status()}`);
  const everything = (page: Page) => page.evaluate<string>(EVERYTHING);
  const desk = await context.newPage();
  await desk.goto(`${url}/b/${brand}`);
  await desk.waitForLoadState('networkidle').catch(() => undefined);
  const fan = await context.newPage();
  return {
    profile,
    desk: () => everything(desk),
    async openFan(link) {
      await fan.goto(`${url}/fan/${brand}?link=${link}`);
      await fan.locator('form[action="?/open"] button').click();
      await fan.waitForSelector('[data-purpose="measure"]');
      return everything(fan);
    },
    async eraseFan() {
      await fan.fill('#confirm', 'effacer');
      await fan.locator('form[action="?/erase"] button').click();
      await fan.waitForSelector('h2#effect');
      return everything(fan);
    },
    close: () => context.close(),
    clear: () => rm(profile, { recursive: true, force: true }),
  };
}
