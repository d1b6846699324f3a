import { setTimeout as sleep } from 'node:timers/promises';
import { startApp } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { withApp } from '../support/drill-app.ts';
import { crowd } from '../support/wall-crowd.ts';
import { wallIn } from '../e2e/wall-stage.ts';

/**
 * A server that is gone for three real minutes, seen from two walls: one by Socket.IO with a clock that is
 * a day late, one by a plain websocket with one that is a day early. `pnpm drill wall-away [SECONDS]`
 */
const AWAY_S = Number(process.argv[2] ?? 180);
const DAY = 86_400_000;
/** The line may be this late: the badge within 10 s, numbers again within the longest wait of the link. */
const LIMITS = { told: 10_000, back: 25_000 } as const;

const failed: string[] = [];
function check(what: string, holds: boolean): void {
  console.log(`${holds ? 'held' : 'FAILED'}: ${what}`);
  if (!holds) failed.push(what);
}

await withApp(
  async (app) => {
    await app.makeBrand('maison');
    await crowd(app, 'maison', 30);
    const { url } = app;
    const browser = await launchBrowser();
    try {
      const walls = await Promise.all([1, 2].map(() => wallIn(browser, app, { scenes: ['numbers'] })));
      const names = ['Socket.IO, a day late', 'websocket, a day early'];
      await walls[1]?.page.routeWebSocket(/socket\.io/, (socket) => socket.close());
      for (const [i, { page }] of walls.entries()) {
        const shift = i === 0 ? -DAY : DAY;
        await page.addInitScript(`{ const now = Date.now; Date.now = () => now() + ${shift}; }`);
        await page.goto(`${url}/wall`);
        await page.waitForSelector('[data-scene="numbers"]');
      }
      console.log('waiting for the second way to the feed (90 s of silence)');
      await Promise.all(walls.map(({ fresh }) => fresh('live', 120_000)));
      for (const { page } of walls) await page.evaluate('globalThis.mark = 1');
      const hero = '[data-tile="reach.active@1"] [data-hero]';
      const before = await Promise.all(walls.map(({ page }) => page.textContent(hero)));
      await app.app.close();
      const gone = performance.now();
      await Promise.all(
        walls.map(async ({ fresh }, i) => {
          await fresh('offline', 20_000);
          const ms = Math.round(performance.now() - gone);
          check(`${names[i]}: told after ${ms} ms (limit ${LIMITS.told})`, ms <= LIMITS.told);
        }),
      );
      // A moment more: what is on a screen may be a second old.
      await sleep((AWAY_S + 2) * 1_000 - (performance.now() - gone));
      for (const [i, { page }] of walls.entries()) {
        const age = await page.textContent('.w-age');
        const minutes = Math.floor(AWAY_S / 60);
        check(`${names[i]}: says "${age?.trim()}"`, age?.includes(`${minutes}\u00a0min`) ?? false);
        check(`${names[i]}: its numbers stayed`, (await page.textContent(hero)) === before[i]);
      }
      const port = Number(new URL(url).port);
      const again = await startApp({ pages: true, database: app.database, port, publicUrl: url });
      const back = performance.now();
      await Promise.all(
        walls.map(async ({ fresh, page }, i) => {
          await fresh('live', 60_000);
          const ms = Math.round(performance.now() - back);
          check(`${names[i]}: live after ${ms} ms (limit ${LIMITS.back})`, ms <= LIMITS.back);
          check(`${names[i]}: without a reload`, (await page.evaluate('globalThis.mark')) === 1);
        }),
      );
      await again.app.close();
    } finally {
      await browser.close();
    }
    if (failed.length > 0) process.exitCode = 1;
  },
  { pages: true },
);
