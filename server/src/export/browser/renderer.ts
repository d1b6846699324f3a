import type { Browser, BrowserContext } from 'playwright-core';
import { Fault } from '../../domain/fault.ts';
import { Turns } from './turns.ts';

/** A page to be drawn. */
export interface Drawing {
  readonly kind: 'pdf' | 'png';
  /** Path on this server, with its query. */
  readonly path: string;
  /** Top and bottom of each sheet of a PDF, HTML. */
  readonly header: string;
  readonly footer: string;
  /** Of the page, pixels of CSS; by default that of a sheet. */
  readonly width?: number;
}

export interface RendererParts {
  /** Where a Chromium is, `null` for nowhere. */
  readonly find: () => string | null;
  /** Origin of this server as it is reached from this machine. */
  readonly origin: () => string;
  /** True for a user whom Chromium's own sandbox does not work for. */
  readonly isRoot: boolean;
  readonly limits?: { readonly pageMs: number; readonly idleMs: number };
}

const AT_ONCE = 2;
const MOST_WAITING = 20;
const TRIES = 2;
const LIMITS = { pageMs: 20_000, idleMs: 300_000 };
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];
/** A4 on its side at 96 dots an inch. */
const VIEWPORT = { width: 1123, height: 794 };

/**
 * Draws pages of this server by one Chromium, which is started when it is needed, kept, replaced when it
 * dies, and let go of after some minutes. It runs no scripts and reaches this server alone.
 */
export class Renderer {
  readonly #parts: RendererParts;
  readonly #limits: { readonly pageMs: number; readonly idleMs: number };
  readonly #turns = new Turns(AT_ONCE, MOST_WAITING);
  #browser: Promise<Browser> | null = null;
  #idle: NodeJS.Timeout | undefined;
  #busy = 0;

  constructor(parts: RendererParts) {
    this.#parts = parts;
    this.#limits = parts.limits ?? LIMITS;
  }

  /** @throws Fault no_browser, render_failed, overloaded; the signal's reason when it ends */
  draw(drawing: Drawing, signal: AbortSignal): Promise<Buffer> {
    return this.#turns.take(signal, async () => {
      clearTimeout(this.#idle);
      this.#busy++;
      try {
        return await this.#tried(drawing, signal, TRIES);
      } finally {
        this.#busy--;
        if (this.#busy === 0) this.#idle = setTimeout(() => void this.close(), this.#limits.idleMs).unref();
      }
    });
  }

  /** End the browser; it comes back when something is drawn. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const browser = this.#browser;
    this.#browser = null;
    await browser
      ?.then(
        (open) => open.close(),
        () => undefined,
      )
      .catch(() => undefined);
  }

  /** Once more when the browser died under the page. */
  async #tried(drawing: Drawing, signal: AbortSignal, tries: number): Promise<Buffer> {
    const browser = await this.#open();
    const limited = AbortSignal.any([signal, AbortSignal.timeout(this.#limits.pageMs)]);
    try {
      return await this.#drawn(browser, drawing, limited);
    } catch (fault) {
      signal.throwIfAborted();
      if (fault instanceof Fault) throw fault;
      // One that does not even answer in time is of no use any more.
      if (limited.aborted) void this.close();
      else if (!browser.isConnected() && tries > 1) return this.#tried(drawing, signal, tries - 1);
      throw new Fault('render_failed', undefined, { cause: fault });
    }
  }

  async #drawn(browser: Browser, drawing: Drawing, signal: AbortSignal): Promise<Buffer> {
    const opening = this.#context(browser, drawing.width ?? VIEWPORT.width);
    try {
      return await raced(
        opening.then((context) => this.#shot(context, drawing)),
        signal,
      );
    } finally {
      // Also ends what the page still does when nobody waits for it any more.
      void opening.then((context) => context.close()).catch(() => undefined);
    }
  }

  async #context(browser: Browser, width: number): Promise<BrowserContext> {
    const context = await browser.newContext({
      // A page narrower than a sheet is as high as what is on it.
      viewport: { width, height: width < VIEWPORT.width ? 1 : VIEWPORT.height },
      deviceScaleFactor: 2,
      javaScriptEnabled: false,
      serviceWorkers: 'block',
      acceptDownloads: false,
      colorScheme: 'light',
      reducedMotion: 'reduce',
    });
    const origin = this.#parts.origin();
    await context.route('**/*', (route) =>
      new URL(route.request().url()).origin === origin ? route.continue() : route.abort(),
    );
    return context;
  }

  async #shot(context: BrowserContext, { kind, path, header, footer }: Drawing): Promise<Buffer> {
    const page = await context.newPage();
    const answer = await page.goto(this.#parts.origin() + path, { waitUntil: 'load', timeout: 0 });
    if (answer?.status() !== 200) throw new Fault('render_failed', `the page answered ${answer?.status()}`);
    if (kind === 'png') return page.screenshot({ fullPage: true, timeout: 0 });
    return page.pdf({
      format: 'A4',
      landscape: true,
      printBackground: true,
      tagged: true,
      displayHeaderFooter: true,
      headerTemplate: header,
      footerTemplate: footer,
      margin: { top: '20mm', bottom: '18mm', left: '12mm', right: '12mm' },
    });
  }

  async #open(): Promise<Browser> {
    const open = await this.#browser?.catch(() => null);
    if (open?.isConnected()) return open;
    const path = this.#parts.find();
    if (path === null) throw new Fault('no_browser');
    this.#browser = launch(path, new URL(this.#parts.origin()).hostname, this.#parts.isRoot);
    return this.#browser.catch((fault: unknown) => {
      throw new Fault('no_browser', 'Chromium is there, but does not start', { cause: fault });
    });
  }
}

async function launch(executablePath: string, host: string, isRoot: boolean): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  const options = {
    executablePath,
    // Nothing of our environment: it may hold secrets.
    env: { LANG: 'C.UTF-8' },
    args: [...FLAGS, `--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE ${host}`],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    timeout: 20_000,
  };
  if (isRoot) return chromium.launch({ ...options, chromiumSandbox: false });
  // Where the kernel gives no name spaces to users, the sandbox does not start.
  return chromium
    .launch({ ...options, chromiumSandbox: true })
    .catch(() => chromium.launch({ ...options, chromiumSandbox: false }));
}

/** The work, or the signal's reason. What comes after is let go of. */
function raced<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => reject(signal.reason as Error);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}
