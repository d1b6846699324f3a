import type { Page } from 'playwright-core';

/** Runs before every page: whatever is executed or refused is written down. */
export const ALARM = `
  globalThis.alarms = [];
  globalThis.pwn = (n) => { alarms.push('executed ' + n); };
  for (const name of ['alert', 'confirm', 'prompt', 'open', 'print']) globalThis[name] = () => pwn(name);
  addEventListener('securitypolicyviolation', (e) => alarms.push('refused ' + e.effectiveDirective + ' ' + e.blockedURI));
`;
/** White space is the browser's own affair; what every character is, is not. */
const TEXT = `(() => {
  const fields = [...document.querySelectorAll('input,textarea,option')].map((one) => one.value);
  return [document.title, document.body.textContent, ...fields].join('\\n').replace(/[\\s\\p{Cc}\\uFEFF]+/gu, ' ');
})()`;

/** A string as a page's text has it. */
export const plain = (text: string): string => text.replaceAll(/[\s\p{Cc}\uFEFF]+/gu, ' ').trim();

/** All that a page shows in letters, fields included. */
export const textOf = (page: Page): Promise<string> => page.evaluate<string>(TEXT);

/** Looks at pages whose texts are hostile: what ran, what was refused, what is not shown as text. */
export class HostileWatch {
  readonly #url: string;
  /** What should not have been, in words. */
  readonly alarms: string[] = [];
  /** Strings that each place was asked for. */
  readonly #shown = new Map<string, Set<string>>();

  readonly #before: (page: Page) => Promise<void>;

  /** @param before every look, for what a crowd of looks needs */
  constructor(url: string, before: (page: Page) => Promise<void> = () => Promise.resolve()) {
    this.#url = url;
    this.#before = before;
  }

  /** Open a page, and see which of these strings it shows. @param where its name in alarms */
  async look(page: Page, where: string, path: string, strings: readonly string[]): Promise<void> {
    await this.#before(page);
    await page.goto(this.#url + path);
    await page.waitForLoadState('load');
    await this.seen(page, where, strings);
  }

  /** The same for a page that is open. */
  async seen(page: Page, where: string, strings: readonly string[]): Promise<void> {
    const text = await textOf(page);
    for (const one of strings)
      if (!text.includes(plain(one))) this.alarms.push(`${where} does not show ${JSON.stringify(one)}`);
    const heard = await page.evaluate<string[]>('alarms.splice(0)');
    this.alarms.push(...heard.map((alarm) => `${where}: ${alarm}`));
    this.#shown.set(where, new Set([...(this.#shown.get(where) ?? []), ...strings]));
  }

  /** How many strings each place was asked for. */
  told(): string {
    return [...this.#shown].map(([where, strings]) => `${where}: ${strings.size}`).join(', ');
  }
}
