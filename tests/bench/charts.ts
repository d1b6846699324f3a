import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { median, percentile, table } from './support/numbers.ts';
import { Verdicts } from './support/verdicts.ts';

// What the product adds to chart.js: four lines of 900 points, ten updates a second, drawn by its own
// components and by bare, tuned chart.js in turns. Main thread from the browser's own books.
const WEB = join(import.meta.dirname, '../../web');
const [ROUNDS, UPDATES] = [5, 80];
const MOST_RATIO = 1.8;
const MOST_FRAME_MS = 20;
const STYLE = `:root { --ink: #111; --ink-soft: #555; --surface: #fff; --rule: #ddd; --accent: #0c5f5a;
  --before: #8a7f6a; --brass: #a97b12 } .chart { width: 640px; height: 296px; float: left }`;

/** One round of one contender: share of the main thread in use, and the times between frames. */
async function round(browser: Browser, who: 'ours' | 'bare', script: string) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.setContent(`<style>${STYLE}</style><body></body>`);
  await page.addScriptTag({ content: script });
  await page.evaluate(`race('${who}', 15)`);
  const books = await page.context().newCDPSession(page);
  await books.send('Performance.enable');
  const busy = async () => {
    const { metrics } = await books.send('Performance.getMetrics');
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    return { task: of('TaskDuration'), at: of('Timestamp') };
  };
  const before = await busy();
  const frames = await page.evaluate<number[]>(`race('${who}', ${UPDATES})`);
  const after = await busy();
  await page.close();
  return { share: (after.task - before.task) / (after.at - before.at), frame: percentile(frames, 0.95) };
}

await promisify(execFile)(
  process.execPath,
  ['node_modules/vite/bin/vite.js', 'build', '--config', 'bench.config.ts'],
  { cwd: WEB },
);
const script = await readFile(join(WEB, '.svelte-kit/bench/bench.js'), 'utf8');
const browser = await launchBrowser();
const found: Record<'ours' | 'bare', { share: number; frame: number }[]> = { ours: [], bare: [] };
for (let i = 0; i < ROUNDS; i++)
  for (const who of i % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const))
    found[who].push(await round(browser, who, script));
await browser.close();

const of = (who: 'ours' | 'bare', what: 'share' | 'frame') => median(found[who].map((one) => one[what]));
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
console.log(
  table([
    ['4 charts × 900 points × 10 Hz', 'main thread', 'frame p95'],
    ...(['ours', 'bare'] as const).map((who) => [
      who === 'ours' ? 'the product’s charts' : 'bare tuned chart.js',
      percent(of(who, 'share')),
      `${of(who, 'frame').toFixed(1)} ms`,
    ]),
  ]),
);
const ratio = of('ours', 'share') / of('bare', 'share');
const verdicts = new Verdicts();
verdicts.say(
  ratio <= MOST_RATIO,
  `main thread ${ratio.toFixed(2)} × of bare chart.js, at most ${MOST_RATIO} ×`,
);
verdicts.say(
  of('ours', 'frame') <= MOST_FRAME_MS,
  `frame p95 ${of('ours', 'frame').toFixed(1)} ms, at most ${MOST_FRAME_MS} ms`,
);
verdicts.end();
