// `pnpm import-events FILE --brand B`: imports engagements from a CSV or NDJSON file of any columns.
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { ImportBody, ImportPreview } from '@fanfare/contract';
import { dryRun } from './imports/dry-run.ts';
import { USAGE, readOptions, type EventsOptions } from './imports/options.ts';
import { openParts } from './imports/part-reader.ts';
import { headOf, importOf, planFor, upload } from './imports/upload.ts';
import { countsOf, reasonLines } from './imports/words.ts';
import { Progress, duration } from './replay/progress.ts';
import { Sender } from './replay/sender.ts';
import { targetOf } from './target.ts';

const here = (path: string): string => resolve(process.env['INIT_CWD'] ?? '', path);

async function main(options: EventsOptions): Promise<number> {
  const path = here(options.file);
  const abort = new AbortController();
  const { signal } = abort;
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => abort.abort());
  let say = (text: string): void => console.error(text);
  const onWait = (why: string, ms: number) => say(`${why}; again in ${(ms / 1_000).toFixed(1)} s`);
  const sender = new Sender({ ...targetOf(options, process.env), brand: options.brand, signal, onWait });
  const file = await openParts(path);
  try {
    const head = await headOf(file);
    const preview = await planFor(sender, file, head, options);
    if (options.printPlan) console.log(JSON.stringify(preview.plan, null, 2));
    else console.error(describe(preview));
    if (options.dryRun) {
      const { good, rejected, reasons } = await dryRun(file, preview.plan, head, Date.now);
      console.error(
        `${good + rejected} lines: ${good} would be sent, ${rejected} rejected. Nothing was sent.`,
      );
      for (const line of reasonLines(reasons)) console.error(`  ${line}`);
      return rejected > 0 ? 1 : 0;
    }
    const one = await importOf(sender, file, head, preview, {
      name: basename(path),
      restart: options.restart,
    });
    if (one.counts.received > 0) console.error(`Goes on after line ${one.line}.`);
    let now = one;
    const start = performance.now();
    const progress = new Progress(process.stderr, () => ({
      share: now.size ? now.offset / now.size : now.state === 'done' ? 1 : 0,
      received: now.counts.received - one.counts.received,
      unit: 'lines',
      counts: countsOf(now),
      elapsed: performance.now() - start,
    }));
    say = (text) => progress.say(text);
    try {
      now = await upload(sender, file, one, (told) => (now = told));
    } finally {
      progress.end();
      const took = duration(performance.now() - start);
      console.log(`${now.counts.received} lines in ${took}: ${countsOf(now)}`);
      for (const line of reasonLines(now.reasons)) console.log(`  ${line}`);
    }
    await report(sender, now, `${path}.rejected.csv`);
    return now.counts.rejected > 0 ? 1 : 0;
  } catch (fault) {
    if (!signal.aborted) console.error(fault instanceof Error ? fault.message : String(fault));
    console.error('It ended early. Run it again: it goes on where it was.');
    return signal.aborted ? 130 : 2;
  } finally {
    await file.close();
  }
}

/** The rejected lines beside the file; without any, an older report goes. */
async function report(sender: Sender, { id, counts }: ImportBody, path: string): Promise<void> {
  await rm(path, { force: true });
  if (counts.rejected === 0) return;
  const answer = await sender.get(`/imports/${id}/rejected.csv?locale=en`);
  await writeFile(path, await answer.text(), { mode: 0o600 });
  console.log(`Each of them with its reason: ${path}`);
}

function describe({ profile, plan, looked, good }: ImportPreview): string {
  const columns = Object.entries(plan.columns).map(([field, column]) => `${field} = ${column}`);
  const fixed = Object.entries(plan.fixed).map(([field, value]) => `${field} = "${value}"`);
  const tool = profile === null ? '' : `an export of ${profile}, `;
  const form = `${tool}${plan.format}, ${plan.encoding}, dates ${plan.dates} in ${plan.zone}`;
  return `Read as ${form}: ${[...columns, ...fixed].join(', ')}. Of its first ${looked} lines ${good} are events.`;
}

const root = join(import.meta.dirname, '../../..');
if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
try {
  const options = readOptions(process.argv.slice(2), here);
  if (options) process.exitCode = await main(options);
  else console.log(USAGE);
} catch (fault) {
  console.error(`${fault instanceof Error ? fault.message : String(fault)}\n\n${USAGE}`);
  process.exitCode = 2;
}
