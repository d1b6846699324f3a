import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { TOKEN, type TestApp } from '../../support/app.ts';
import type { Cable } from '../../support/cable.ts';
import { cookiesOf, type Settled } from '../../support/places/settle.ts';
import { fileOf, type Shot } from './shots.ts';

/** A page is tall; what is below that many pixels is not looked at. */
const MOST_HEIGHT = 6_000;
const LIVE_MS = 8_000;

/** Takes pictures of one server. */
export class Camera {
  readonly #browser: Browser;
  readonly #app: TestApp;
  readonly #cable: Cable;
  readonly #folder: string;
  /** What was made for pages to show, and the cookies of who looks. */
  made: Settled | null = null;

  constructor(browser: Browser, app: TestApp, cable: Cable, folder: string) {
    this.#browser = browser;
    this.#app = app;
    this.#cable = cable;
    this.#folder = folder;
  }

  /** Take one picture. Gives layout shifts and sideways scroll found meanwhile, in words; empty for none. */
  async take(shot: Shot): Promise<string> {
    const context = await this.#context(shot);
    const page = await context.newPage();
    let held = false;
    const sockets: (() => void)[] = [];
    await page.routeWebSocket(/socket\.io/, (socket) => {
      if (held && shot.trouble === 'offline') return void socket.close();
      const server = socket.connectToServer();
      server.onMessage((message) => (held ? undefined : socket.send(message)));
      sockets.push(() => void socket.close());
    });
    const prefix = shot.locale === 'fr' ? '' : '/en';
    const address = this.#app.url + prefix + (shot.path === '/' && prefix ? '' : shot.path);
    if (shot.trouble === 'restarting') this.#cable.cut();
    await page.goto(address, { waitUntil: 'load' });
    if (shot.trouble === 'print') await page.emulateMedia({ media: 'print' });
    if (shot.trouble === 'paused') await page.getByRole('button', { name: 'Pause' }).click();
    const onDesk =
      !shot.group.startsWith('pages') && shot.trouble !== 'restarting' && shot.trouble !== 'paused';
    const fresh = (state: string, timeout: number) =>
      page.waitForSelector(`[data-freshness="${state}"]`, { timeout }).catch(() => undefined);
    if (onDesk) await fresh('live', LIVE_MS);
    if (shot.trouble === 'late' || shot.trouble === 'offline') {
      held = true;
      if (shot.trouble === 'offline') for (const close of sockets) close();
      await fresh(shot.trouble, 20_000);
    }
    await this.#unroll(page, shot);
    const faults = await page.evaluate<string>(`(() => {
      const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      return over > 0 ? 'scrolls sideways by ' + over + ' px' : '';
    })()`);
    const file = join(this.#folder, fileOf(shot));
    await mkdir(dirname(file), { recursive: true });
    await page.screenshot({ path: file, fullPage: shot.width < 3_000 });
    if (shot.trouble === 'restarting') this.#cable.mend();
    await context.close();
    return faults;
  }

  async #context(shot: Shot): Promise<BrowserContext> {
    const { width, scheme, trouble } = shot;
    const zoomed = trouble === 'zoom';
    const height = width === 360 ? 780 : width === 3_840 ? 2_160 : 900;
    const context = await this.#browser.newContext({
      // Twice as large is half as wide, with twice the pixels.
      viewport: zoomed ? { width: width / 2, height: height / 2 } : { width, height },
      deviceScaleFactor: zoomed ? 2 : 1,
      colorScheme: scheme,
      forcedColors: trouble === 'forced' ? 'active' : 'none',
    });
    const { url } = this.#app;
    if (shot.who === 'installation')
      await context.request.post(`${url}/api/v1/session`, { data: { token: TOKEN } });
    else await context.addCookies(cookiesOf(this.made?.cookies[shot.who] ?? '', url));
    return context;
  }

  /** Scroll through, so that what comes late is there. */
  async #unroll(page: Page, { width }: Shot): Promise<void> {
    if (width > 3_000) return page.waitForTimeout(600);
    for (let y = 0; y < MOST_HEIGHT; y += 700) {
      await page.evaluate(`scrollTo(0, ${y})`);
      const end = await page.evaluate<boolean>('scrollY + innerHeight >= document.body.scrollHeight - 2');
      if (end) break;
    }
    await page.waitForTimeout(300);
    await page.evaluate('scrollTo(0, 0)');
    await page.waitForTimeout(100);
  }
}
