import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { consent } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { wrongClock } from '../support/wrong-clock.ts';
import { freePort } from '../bench/support/port.ts';
import { startServer, TOKEN } from '../bench/support/server-process.ts';
import { Verdicts } from '../bench/support/verdicts.ts';

// The server is killed under open desks and comes back minutes later: does each desk say so, dim, and go
// on without a reload or a gap, on a computer whose clock is a day wrong too? `pnpm drill away [SECONDS]`.
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

/** Milliseconds until every desk says this. */
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
  const pages = await Promise.all(CLOCKS.map((shift) => openDesk(browser, url, shift)));
  await sleep(5_000);
  await server.kill();
  const said = await untilAll(pages, 'offline', 2 * OFFLINE_MS);
  verdicts.say(
    said.every((ms) => ms <= OFFLINE_MS),
    `offline after ${said.map((ms) => (ms / 1000).toFixed(1)).join(', ')} s (clocks right, +1 day, −1 day)`,
  );
  const dimmed = await Promise.all(pages.map((page) => page.locator('.desk[data-stale="true"]').count()));
  verdicts.say(
    dimmed.every((count) => count === 1),
    'every desk dims and keeps its numbers',
  );
  await sleep(AWAY_S * 1_000);
  const ages = await Promise.all(pages.map((page) => page.locator('[data-freshness]').first().textContent()));
  verdicts.say(new Set(ages).size === 1, `all tell the same instant of their data: ${ages[0]?.trim()}`);
  server = await startServer(settings);
  const back = await untilAll(pages, 'live', 60_000);
  verdicts.say(
    back.every(Number.isFinite),
    `live again ${back.map((ms) => (ms / 1000).toFixed(1)).join(', ')} s after the server`,
  );
  while (fans.waiting > 0) await sleep(200);
  fans.going = false;
  await acting;
  await sleep(2_000);
  for (const page of pages) {
    const kept = await page.evaluate<boolean>('globalThis.here === true');
    await page.locator('figure summary').first().click();
    const texts = await page.locator('figure').first().locator('tbody td:nth-child(2)').allTextContents();
    const counts = texts.map((text) => Number(text.replaceAll(/\D/g, '')));
    const shown = counts.reduce((sum, count) => sum + count, 0);
    const begun = counts.findIndex((count) => count > 0);
    const gaps = counts.slice(begun, -1).filter((count) => count === 0).length;
    verdicts.say(
      kept && shown === fans.sent && gaps === 0,
      `no reload, ${shown} of ${fans.sent} engagements on the line, ${gaps} empty minutes between`,
    );
  }
} finally {
  await browser.close();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
verdicts.end();
