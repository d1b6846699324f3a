import type { CDPSession, Page } from 'playwright-core';
import { WALL_WINDOW, type Board } from '@fanfare/contract';
import { launchBrowser } from '../support/browser.ts';
import { withApp } from '../support/drill-app.ts';
import { FAST_CLOCK } from '../support/fast-clock.ts';
import { crowd } from '../support/wall-crowd.ts';
import { median } from '../bench/support/numbers.ts';
import { lookAt, wallIn } from '../e2e/wall-stage.ts';

/** A wall left open for so many hours of simulated time: still right, heap flat. `pnpm drill wall [HOURS]` */
const HOURS = Number(process.argv[2] ?? 72);
/** One step: a heartbeat; each minute a board. */
const STEP_MS = 5_000;
const HOUR_STEPS = 3_600_000 / STEP_MS;
/** Steps the page is told at once: 225 s, no whole number of scenes, so that each is met. */
const AT_ONCE = 45;
/** How far the heap may ever be from the middle of what it was. */
const FLAT = 0.1;

interface Weight {
  readonly hour: number;
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
}

async function weigh(session: CDPSession, hour: number): Promise<Weight> {
  for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return { hour, heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') };
}

/**
 * The page's end of the plain websocket, held in the page so that hours need no message each: what the
 * wall says is kept in `said`, `hear` speaks to it, and `live` plays frames, a step of time after each.
 */
const HELD_SOCKET = `(() => {
  let open = null;
  globalThis.said = [];
  globalThis.hear = (text) => open?.onmessage?.({ data: text });
  globalThis.live = async (frames, ms) => {
    for (const frame of frames) {
      hear(frame);
      await pass(ms);
    }
  };
  globalThis.WebSocket = class {
    static OPEN = 1;
    readyState = 0;
    constructor(url) {
      setTimeout(() => {
        // There is no way to Socket.IO here.
        if (!/live/.test(url)) return this.onclose?.();
        open = this;
        this.readyState = 1;
        this.onopen?.();
      }, 1);
    }
    addEventListener() {}
    send(text) {
      said.push(text);
    }
    close() {
      if (open === this) open = null;
    }
  };
})()`;

/** The server's side of a feed whose time is simulated: one board that moves. */
class Feed {
  readonly #template: Board;
  readonly #start: number;
  #seq = 1;
  #ms = 0;

  constructor(template: Board) {
    this.#template = template;
    this.#start = Date.now();
  }

  get asOf(): string {
    return new Date(this.#start + this.#ms).toISOString();
  }

  get reach(): number {
    return 100 + (this.#seq % 900);
  }

  /** Answer to what the wall says. */
  answers(text: string): string[] {
    const { type, brand } = JSON.parse(text) as { type: string; brand: string };
    if (type !== 'watch') return [];
    const at = { brand, window: WALL_WINDOW, epoch: 'drill', seq: this.#seq };
    const watching = { type: 'watching', ...at, mode: 'board', frames: 1 };
    return [JSON.stringify(watching), JSON.stringify(this.#board())];
  }

  /** So much later: a beat, or a board when it is one's time. */
  pass(ms: number, isBoard: boolean): string {
    this.#ms += ms;
    const { brand } = this.#template;
    if (isBoard) this.#seq++;
    const beat = { type: 'heartbeat', brand, window: WALL_WINDOW, epoch: 'drill', seq: this.#seq };
    return JSON.stringify(isBoard ? this.#board() : { ...beat, asOf: this.asOf });
  }

  #board(): Board {
    const { asOf, reach } = this;
    const from = new Date(Date.parse(asOf) - 86_340_000).toISOString();
    const measure = { value: reach, kind: 'computed', definition: 'reach.active@1', asOf, n: reach } as const;
    const measures = { ...this.#template.measures, 'reach.active@1': measure };
    const series = { ...this.#template.series, from };
    return { ...this.#template, epoch: 'drill', seq: this.#seq, asOf, measures, series };
  }
}

/** Play so many steps, and answer whatever the wall says. @param step number of the first one */
async function play(page: Page, feed: Feed, steps: number, step: number | null): Promise<void> {
  const frames = Array.from({ length: steps }, (_, i) =>
    feed.pass(STEP_MS, step !== null && (step + i) % 12 === 0),
  );
  await page.evaluate(`live(${JSON.stringify(frames)}, ${STEP_MS})`);
  for (const said of await page.evaluate<string[]>('said.splice(0)'))
    for (const answer of feed.answers(said)) await page.evaluate(`hear(${JSON.stringify(answer)})`);
}

await withApp(
  async (app) => {
    await app.makeBrand('maison');
    await crowd(app, 'maison', 120);
    const { body } = await app.call('GET', `/brands/maison/public-board?window=${WALL_WINDOW}`);
    const feed = new Feed(body);
    const browser = await launchBrowser();
    try {
      const { page, faults } = await wallIn(browser, app, { seconds: 20 });
      await page.addInitScript(FAST_CLOCK);
      await page.addInitScript(HELD_SOCKET);
      // Held like the server holds them, without the real minutes that its limits count in.
      await page.route(/displays\/own\/turn/, () => undefined);
      await page.goto(`${app.url}/wall`);
      await page.waitForSelector('[data-scene]');
      await page.evaluate('globalThis.mark = 1');
      for (let i = 0; i < 40; i++) await play(page, feed, 1, null);
      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable');
      const weights: Weight[] = [];
      const scenes = new Set<string | null>();
      let worst = 'live';
      for (let hour = 1; hour <= HOURS; hour++) {
        for (let step = 1; step <= HOUR_STEPS; step += AT_ONCE) {
          await play(page, feed, AT_ONCE, step);
          const stage = await page.getAttribute('[data-freshness]', 'data-freshness');
          if (stage !== 'live') worst = stage ?? 'none';
          scenes.add(await page.getAttribute('[data-scene]', 'data-scene'));
        }
        if (hour !== 2 && hour % 12 !== 0) continue;
        const weight = await weigh(session, hour);
        weights.push(weight);
        const { heap, nodes, listeners } = weight;
        console.log(
          `hour ${hour}: heap ${(heap / 1e6).toFixed(2)} MB, ${nodes} nodes, ${listeners} listeners`,
        );
      }
      for (let i = 0; i < 60 && !(await page.$('[data-scene="numbers"]')); i++) {
        await play(page, feed, 1, null);
      }
      const shown = (await page.textContent('[data-tile="reach.active@1"] [data-hero]'))?.trim();
      const clock = await page.textContent('.w-clock time');
      const zone = { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' } as const;
      const right = new Date(feed.asOf).toLocaleTimeString('fr-FR', zone).replace(':', '\u00a0h\u00a0');
      const [first] = weights;
      const middle = median(weights.map(({ heap }) => heap));
      const drifts = weights.map(({ heap }) => heap / middle - 1);
      const most = Math.max(...drifts.map(Math.abs));
      const canvases = await page.evaluate<number>('document.querySelectorAll("canvas").length');
      const { found, least } = await lookAt(page);
      const checks: Readonly<Record<string, boolean>> = {
        [`${shown} shown, ${feed.reach} true`]: Number(shown?.replaceAll(/\D/g, '')) === feed.reach,
        [`clock ${clock}, ${right} true`]: clock === right,
        [`always live (worst: ${worst})`]: worst === 'live',
        [`${scenes.size} scenes seen`]: scenes.size >= 4,
        'never loaded anew': (await page.evaluate('globalThis.mark')) === 1,
        [`heap within ${(100 * most).toFixed(1)} % (limit ${100 * FLAT} %)`]: most <= FLAT,
        [`${canvases} canvases, nodes flat`]:
          canvases === 0 && (weights.at(-1)?.nodes ?? 0) <= 1.1 * (first?.nodes ?? 0),
        [`nothing cut, smallest text ${least.toFixed(2)} vh`]: found.length === 0 && least >= 4.9,
        [`no faults${faults.length > 0 ? `: ${faults[0]}` : ''}`]:
          faults.filter((fault) => !fault.includes('WebSocket')).length === 0,
      };
      for (const [what, holds] of Object.entries(checks))
        console.log(`${holds ? 'held' : 'FAILED'}: ${what}`);
      if (Object.values(checks).includes(false)) process.exitCode = 1;
      console.log(`${HOURS} simulated hours, ${(HOURS * 3_600) / 20} scenes`);
    } finally {
      await browser.close();
    }
  },
  { pages: true },
);
