import type { CDPSession, Page, WebSocketRoute } from 'playwright-core';
import { WALL_WINDOW, type Board } from '@fanfare/contract';
import { launchBrowser } from '../support/browser.ts';
import { withApp } from '../support/drill-app.ts';
import { FAST_CLOCK } from '../support/fast-clock.ts';
import { crowd } from '../support/wall-crowd.ts';
import { lookAt, wallIn } from '../e2e/wall-stage.ts';

/** A wall left open for so many hours of simulated time: still right, heap flat. `pnpm drill wall [HOURS]` */
const HOURS = Number(process.argv[2] ?? 72);
/** One step: a heartbeat; each minute a board. */
const STEP_MS = 5_000;
const HOUR_STEPS = 3_600_000 / STEP_MS;
/** How much the heap may differ from that of the second hour. */
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

/** The server's side of a feed whose time is simulated: one board that moves. */
class Feed {
  readonly #template: Board;
  readonly #start: number;
  #socket: WebSocketRoute | null = null;
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

  take(socket: WebSocketRoute): void {
    this.#socket = socket;
    socket.onMessage((text) => {
      const { type, brand } = JSON.parse(String(text)) as { type: string; brand: string };
      if (type !== 'watch') return;
      const at = { brand, window: WALL_WINDOW, epoch: 'drill', seq: this.#seq };
      socket.send(JSON.stringify({ type: 'watching', ...at, mode: 'board', frames: 1 }));
      socket.send(JSON.stringify(this.#board()));
    });
  }

  /** So much later: a beat, or a board when it is one's time. */
  pass(ms: number, isBoard: boolean): void {
    this.#ms += ms;
    const { brand } = this.#template;
    if (isBoard) this.#seq++;
    const beat = { type: 'heartbeat', brand, window: WALL_WINDOW, epoch: 'drill', seq: this.#seq };
    this.#socket?.send(JSON.stringify(isBoard ? this.#board() : { ...beat, asOf: this.asOf }));
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

const pass = (page: Page, ms: number) => page.evaluate(`pass(${ms})`);

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
      await page.routeWebSocket(/socket\.io/, (socket) => socket.close());
      await page.routeWebSocket(/api\/v1\/live/, (socket) => feed.take(socket));
      // Held like the server holds them, without the real minutes that its limits count in.
      await page.route(/displays\/own\/turn/, () => undefined);
      await page.goto(`${app.url}/wall`);
      await page.waitForSelector('[data-scene]');
      await page.evaluate('globalThis.mark = 1');
      for (let i = 0; i < 20; i++) {
        feed.pass(STEP_MS, false);
        await pass(page, STEP_MS);
      }
      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable');
      const weights: Weight[] = [];
      const scenes = new Set<string | null>();
      let worst = 'live';
      for (let hour = 1; hour <= HOURS; hour++) {
        for (let step = 1; step <= HOUR_STEPS; step++) {
          feed.pass(STEP_MS, step % 12 === 0);
          await pass(page, STEP_MS);
          if (step % 36 !== 0) continue;
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
        feed.pass(STEP_MS, false);
        await pass(page, STEP_MS);
      }
      const shown = (await page.textContent('[data-tile="reach.active@1"] [data-hero]'))?.trim();
      const clock = await page.textContent('.w-clock time');
      const zone = { timeZone: 'Europe/Paris', hour: '2-digit', minute: '2-digit' } as const;
      const right = new Date(feed.asOf).toLocaleTimeString('fr-FR', zone).replace(':', '\u00a0h\u00a0');
      const [first] = weights;
      const drifts = weights.map(({ heap }) => (first ? heap / first.heap - 1 : 1));
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
