import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { TOKEN, type TestApp } from '../support/app.ts';

/** A page with everything written down that a healthy one does not do. */
export interface Visit {
  readonly page: Page;
  /** Errors of scripts and of the console, refused styles included. */
  readonly faults: string[];
  /** Addresses of the websockets opened. */
  readonly sockets: string[];
  /** Requests of the long-polling transport. */
  readonly polls: string[];
  /** Sum of the layout shifts since the page came. */
  readonly shift: () => Promise<number>;
  /** Charts made since the page came. */
  readonly charts: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Counts what the page itself does not tell. Each chart listens once for `touchmove` on its canvas. */
const WATCH = `
  globalThis.seen = { shift: 0, charts: 0 };
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) seen.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
  const listen = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, ...rest) {
    if (this instanceof HTMLCanvasElement && type === 'touchmove') seen.charts++;
    return listen.call(this, type, ...rest);
  };
`;

/**
 * Lets `goto` wait until the page's own script has taken over, which removes the inline one as the last
 * step: a click before that moment is a click on a form without a script, which other tests are about.
 * Pages that never take over (an error, a wall in another tab) are tested as they are after ten seconds.
 */
function takeOver(page: Page): void {
  const goto = page.goto.bind(page);
  page.goto = async (url, options) => {
    const answer = await goto(url, options);
    await page
      .waitForSelector('script:not([src])', { state: 'detached', timeout: 10_000 })
      .catch(() => undefined);
    return answer;
  };
}

/** Opens a page of its own, signed in unless asked otherwise. */
export async function visit(
  browser: Browser,
  app: TestApp,
  options: BrowserContextOptions & { readonly guest?: true } = {},
): Promise<Visit> {
  const { guest, ...contextOptions } = options;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...contextOptions });
  if (!guest) {
    const answer = await context.request.post(`${app.url}/api/v1/session`, { data: { token: TOKEN } });
    if (!answer.ok()) throw new Error(`not signed in: ${answer.status()}`);
  }
  const page = await context.newPage();
  await page.addInitScript(WATCH);
  if (contextOptions.javaScriptEnabled !== false) takeOver(page);
  const [faults, sockets, polls]: [string[], string[], string[]] = [[], [], []];
  page.on('pageerror', (fault) => faults.push(fault.message));
  page.on('console', (line) => {
    if (line.type() === 'error') faults.push(line.text());
  });
  page.on('websocket', (socket) => sockets.push(socket.url()));
  page.on('request', (request) => {
    if (request.url().includes('transport=polling')) polls.push(request.url());
  });
  return {
    page,
    faults,
    sockets,
    polls,
    shift: () => page.evaluate<number>('seen.shift'),
    charts: () => page.evaluate<number>('seen.charts'),
    close: () => context.close(),
  };
}
