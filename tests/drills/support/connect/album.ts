import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { fileOf, type Locale, type Shot } from '../../../screens/support/shots.ts';

/** Names of the networks' own that look like codes of ours. */
const THEIRS = new Set(['live_comments', 'data_request']);
/** Words that no French sentence has, outside of quotation marks. */
const ENGLISH =
  /\b(?:the|and|with|your|account|delivery|deliveries|secret key|signed|waiting|source of|none|never)\b/i;
/** What a person reads: neither code, nor what is to be copied. */
const READ = `(() => {
  const main = document.querySelector('main').cloneNode(true);
  for (const one of main.querySelectorAll('pre, code, script, style')) one.remove();
  document.body.append(main);
  const text = main.innerText;
  main.remove();
  return text;
})()`;

/** Pictures of one walk, and what was wrong on them. */
export class Album {
  readonly shots: Shot[] = [];
  readonly faults: string[] = [];
  readonly #folder: string;
  /** Names and texts of people that must be on no page. */
  readonly #secrets: readonly string[];

  constructor(folder: string, secrets: readonly string[]) {
    this.#folder = folder;
    this.#secrets = secrets;
  }

  /** Take the page as it is; a step that newcomers read closely is taken on a phone too. */
  async take(page: Page, who: string, step: string, locale: Locale, phone = false): Promise<void> {
    await this.#at(page, who, step, locale, 1_440);
    const text = await page.evaluate<string>(READ);
    await writeFile(join(this.#folder, `${who}-${locale}`, `${step}.txt`), text);
    this.#read(text, `${who} ${locale} ${step}`, locale);
    if (!phone) return;
    await page.setViewportSize({ width: 360, height: 780 });
    await this.#at(page, who, step, locale, 360);
    const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    if (over > 0) this.faults.push(`${who} ${locale} ${step}: scrolls sideways by ${over} px`);
    await page.setViewportSize({ width: 1_440, height: 900 });
  }

  async #at(page: Page, who: string, step: string, locale: Locale, width: number): Promise<void> {
    const shot: Shot = {
      ...{ group: `${who}-${locale}`, path: step, who: 'installation', state: 'usual' },
      ...{ width, locale, scheme: locale === 'fr' ? 'light' : 'dark', trouble: 'none' },
    };
    const file = join(this.#folder, fileOf(shot));
    await page.evaluate('scrollTo(0, 0)');
    await mkdir(dirname(file), { recursive: true });
    await page.screenshot({ path: file, fullPage: true });
    this.shots.push(shot);
  }

  #read(text: string, where: string, locale: Locale): void {
    const codes = (text.match(/\b[a-z]+(?:_[a-z]+)+\b/g) ?? []).filter((word) => !THEIRS.has(word));
    if (codes.length > 0) this.faults.push(`${where}: shows ${[...new Set(codes)].join(', ')}`);
    const english = locale === 'fr' && ENGLISH.exec(text.replaceAll(/«[^»]*»|\([^)]*\)/g, ''));
    if (english) this.faults.push(`${where}: says “${english[0]}” in French`);
    const told = this.#secrets.filter((secret) => text.includes(secret));
    if (told.length > 0) this.faults.push(`${where}: tells of a person, ${told.join(', ')}`);
  }
}
