import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { consent, type TestApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { pair } from '../support/display.ts';
import { cookiesOf } from '../support/places/settle.ts';
import { wrongClock } from '../support/wrong-clock.ts';
import { freePort } from '../bench/support/port.ts';
import { startServer, TOKEN } from '../bench/support/server-process.ts';
import { Verdicts } from '../bench/support/verdicts.ts';

// The server is killed under open screens and comes back minutes later: does each say so, dim, and go on
// without a reload or a gap, on a computer whose clock is a day wrong too? Desks, which speak Socket.IO,
// and walls that are left with the plain websocket alone. `pnpm drill away [SECONDS]`.
const AWAY_S = Number(process.argv[2] ?? 180);
const DAY = 86_400_000;
const CLOCKS = [0, DAY, -DAY];
const OFFLINE_MS = 10_000;
const FANS = 12;
const verdicts = new Verdicts();

async function post(url: string, path: string, items: readonly object[]): Promise<boolean> {
  const answer = await fetch(`${url}/api/v1/brands/maison/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(items),
  }).catch(() => null);
  return answer?.status === 200;
}

/** Every two seconds each fan does something; what cannot be sent is sent later, as a source would. */
class Fans {
  readonly #url: string;
  readonly #waiting: object[] = [];
  going = true;
  sent = 0;

  constructor(url: string) {
    this.#url = url;
  }

  async act(): Promise<void> {
    for (let turn = 0; this.going; turn++) {
      const occurredAt = new Date().toISOString();
      for (let fan = 0; fan < FANS; fan++)
        this.#waiting.push({
          ...{ id: `${turn}-${fan}`, network: 'web', kind: 'reaction', fan: `fan-${fan}`, object: 'post-1' },
          occurredAt,
        });
      const batch = this.#waiting.slice(0, 5_000);
      if (await post(this.#url, 'events', batch)) this.sent += this.#waiting.splice(0, batch.length).length;
      await sleep(2_000);
    }
  }

  get waiting(): number {
    return this.#waiting.length;
  }
}

async function openDesk(browser: Browser, url: string, shift: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.request.post(`${url}/api/v1/session`, { data: { token: TOKEN } });
  const page = await context.newPage();
  if (shift !== 0) await page.addInitScript(wrongClock(shift));
  await page.goto(`${url}/en/b/maison`);
  await page.waitForSelector('[data-freshness="live"]', { timeout: 30_000 });
  await page.evaluate('globalThis.here = true');
  return page;
}

/** A wall of the same brand, without a way to Socket.IO: it takes the other one after 90 s of silence. */
async function openWall(browser: Browser, url: string, shift: number): Promise<Page> {
  const call: TestApp['call'] = async (method, path, body) => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: null as never };
  };
  const wall = { seconds: 600, scenes: ['numbers'], locale: 'en' } as const;
  const { cookie } = await pair({ url, call }, ['maison'], 'Hall', {}, wall);
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  await context.addCookies(cookiesOf(cookie, url));
  const page = await context.newPage();
  await page.routeWebSocket(/socket\.io/, (socket) => socket.close());
  if (shift !== 0) await page.addInitScript(wrongClock(shift));
  await page.goto(`${url}/en/wall`);
  await page.waitForSelector('[data-scene="numbers"]', { timeout: 30_000 });
  await page.evaluate('globalThis.here = true');
  return page;
}

const HERO = '[data-tile="reach.active@1"] [data-hero]';

/** Milliseconds until every page says this. */
async function untilAll(pages: readonly Page[], state: string, timeout: number): Promise<number[]> {
  const started = performance.now();
  return Promise.all(
    pages.map(async (page) => {
      const found = page.waitForSelector(`[data-freshness="${state}"]`, { timeout });
      return found.then(
        () => performance.now() - started,
        () => Number.POSITIVE_INFINITY,
      );
    }),
  );
}

const inWords = (times: readonly number[]): string =>
  `${times.map((ms) => (ms / 1000).toFixed(1)).join(', ')} s`;

const dataDir = await mkdtemp(join(tmpdir(), 'fanfare-away-'));
const port = await freePort();
const settings = { dataDir, port, suppressionK: 1, env: { PUBLIC_URL: `http://127.0.0.1:${port}` } };
let server = await startServer(settings);
const browser = await launchBrowser();
try {
  const { url } = server;
  await fetch(`${url}/api/v1/brands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ slug: 'maison', name: 'Maison' }),
  });
  const names = Array.from({ length: FANS }, (_, i) => `fan-${i}`);
  await post(
    url,
    'consents',
    names.map((fan) => consent(fan, Date.now() - DAY, { measure: true }, 'web')),
  );
  const fans = new Fans(url);
  const acting = fans.act();
  const walls = await Promise.all(CLOCKS.map((shift) => openWall(browser, url, shift)));
  const second = await untilAll(walls, 'live', 150_000);
  console.log(`walls took the plain websocket after ${inWords(second)}`);
  const pages = await Promise.all(CLOCKS.map((shift) => openDesk(browser, url, shift)));
  await sleep(5_000);
  await server.kill();
  const [said, told] = await Promise.all([
    untilAll(pages, 'offline', 2 * OFFLINE_MS),
    untilAll(walls, 'offline', 2 * OFFLINE_MS),
  ]);
  verdicts.say(
    [...said, ...told].every((ms) => ms <= OFFLINE_MS),
    `offline after ${inWords(said)}, walls ${inWords(told)} (clocks right, +1 day, −1 day)`,
  );
  const heroes = await Promise.all(walls.map((page) => page.textContent(HERO)));
  const dimmed = await Promise.all(pages.map((page) => page.locator('.desk[data-stale="true"]').count()));
  verdicts.say(
    dimmed.every((count) => count === 1),
    'every desk dims and keeps its numbers',
  );
  await sleep(AWAY_S * 1_000);
  const ages = await Promise.all(pages.map((page) => page.locator('[data-freshness]').first().textContent()));
  verdicts.say(new Set(ages).size === 1, `all tell the same instant of their data: ${ages[0]?.trim()}`);
  const [large, kept] = await Promise.all([
    Promise.all(walls.map((page) => page.textContent('.w-age'))),
    Promise.all(walls.map((page) => page.textContent(HERO))),
  ]);
  verdicts.say(
    new Set(large).size === 1 && kept.join() === heroes.join(),
    `walls keep their number ${kept[0]?.trim()} and say in large type: ${large[0]?.trim()}`,
  );
  server = await startServer(settings);
  const [back, again] = await Promise.all([untilAll(pages, 'live', 60_000), untilAll(walls, 'live', 60_000)]);
  verdicts.say(
    [...back, ...again].every(Number.isFinite),
    `live again ${inWords(back)}, walls ${inWords(again)} after the server`,
  );
  while (fans.waiting > 0) await sleep(200);
  fans.going = false;
  await acting;
  await sleep(2_000);
  for (const page of pages) {
    const kept = await page.evaluate<boolean>('globalThis.here === true');
    await page.locator('figure summary').first().click();
    const cells = page.locator('figure').first().locator('tbody td:nth-child(2)');
    // The table is made when it is opened.
    await cells.first().waitFor();
    const texts = await cells.allTextContents();
    const counts = texts.map((text) => Number(text.replaceAll(/\D/g, '')));
    const shown = counts.reduce((sum, count) => sum + count, 0);
    const begun = counts.findIndex((count) => count > 0);
    const gaps = counts.slice(begun, -1).filter((count) => count === 0).length;
    verdicts.say(
      kept && shown === fans.sent && gaps === 0,
      `no reload, ${shown} of ${fans.sent} engagements on the line, ${gaps} empty minutes between`,
    );
  }
  const same = await Promise.all(walls.map((page) => page.evaluate<boolean>('globalThis.here === true')));
  const numbers = await Promise.all(walls.map((page) => page.textContent(HERO)));
  verdicts.say(
    same.every(Boolean) && numbers.every((text) => Number(text?.replaceAll(/\D/g, '')) === FANS),
    `walls without a reload, each with ${numbers.join(', ')} of ${FANS} fans`,
  );
} finally {
  await browser.close();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
verdicts.end();
