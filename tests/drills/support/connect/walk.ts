import type { Page } from 'playwright-core';
import type { SourceDetail } from '@fanfare/contract';
import type { Locale } from '../../../screens/support/shots.ts';
import { TOKEN, type TestApp } from '../../../support/app.ts';
import type { Album } from './album.ts';

/** One walk: somebody connects one source, in one language. */
export interface Walk {
  readonly app: TestApp;
  readonly page: Page;
  readonly album: Album;
  readonly brand: string;
  readonly locale: Locale;
}

/** What was seen on one walk; each a promise that was kept or not. */
export type Seen = Record<string, boolean>;

const PATIENCE = 10_000;

/** Open a page of the brand, and wait until its script has taken over. */
export async function open({ app, page, brand, locale }: Walk, path: string): Promise<void> {
  await page.goto(`${app.url}${locale === 'fr' ? '' : '/en'}/b/${brand}${path}`);
  await ready(page);
}

/** Wait until the script of the page has taken over, which takes away the inline one last. */
export async function ready(page: Page): Promise<void> {
  await page.waitForSelector('script:not([src])', { state: 'detached', timeout: PATIENCE }).catch(() => null);
}

export async function reload(page: Page): Promise<void> {
  await page.reload();
  await ready(page);
}

export const stateOf = (page: Page): Promise<string | null> =>
  page.getAttribute('[data-state]', 'data-state');
export const secretOf = (page: Page, id: string): Promise<string> => page.innerText(`[data-secret="${id}"]`);

/** Press the button of a form, and wait for what it leads to. */
export async function press(page: Page, action: string, then: string): Promise<void> {
  await page.click(`form[action="?/${action}"] button`);
  await page.waitForSelector(then, { timeout: PATIENCE });
}

/** The source a page is about, as the API tells it. */
async function detailOf({ app, page, brand }: Walk): Promise<SourceDetail> {
  const id = /\/sources\/(\d+)/.exec(page.url())![1]!;
  const answer = await fetch(`${app.url}/api/v1/brands/${brand}/sources/${id}`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  return (await answer.json()) as SourceDetail;
}

/** Pause, let something come, and go on. @param send something happens at the network */
export async function pauses(walk: Walk, who: string, send: () => Promise<unknown>): Promise<boolean> {
  const { page, album, locale } = walk;
  await press(page, 'pause', '[data-state="paused"]');
  await album.take(page, who, '8-paused', locale);
  const before = (await detailOf(walk)).counts.counted;
  await send();
  await page.waitForTimeout(150);
  const after = (await detailOf(walk)).counts.counted;
  await press(page, 'pause', '[data-state]:not([data-state="paused"])');
  return before === after;
}
