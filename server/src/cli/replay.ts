// `pnpm replay FILE --brand B`: sends a file of events to the HTTP API at the pace of its timestamps.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { USAGE, readOptions, type ReplayOptions } from './replay/options.ts';
import { Progress, duration } from './replay/progress.ts';
import { replay } from './replay/replay.ts';
import { Sender } from './replay/sender.ts';
import { openSource } from './replay/source.ts';
import { Totals } from './replay/totals.ts';
import { targetOf } from './target.ts';

async function main(options: ReplayOptions): Promise<number> {
  const target = targetOf(options, process.env);
  const source = await openSource(resolve(process.env['INIT_CWD'] ?? '', options.file));
  const totals = new Totals();
  const abort = new AbortController();
  const start = performance.now();
  const progress = new Progress(process.stderr, () => ({
    share: source.progress(),
    received: totals.received,
    counts: totals.describe(),
    elapsed: performance.now() - start,
  }));
  const { signal } = abort;
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => abort.abort());
  const onWait = (why: string, ms: number) => progress.say(`${why}; again in ${(ms / 1_000).toFixed(1)} s`);
  let fault: Error | null = null;
  try {
    const sender = new Sender({ ...target, brand: options.brand, signal, onWait });
    await sender.check();
    const { speed, shift } = options;
    const say = (text: string) => progress.say(text);
    await replay({ source, sender, totals, speed, shift, clock: Date.now, signal, say });
  } catch (thrown) {
    fault = thrown instanceof Error ? thrown : new Error(String(thrown));
  }
  progress.end();
  console.log(`${totals.received} events in ${duration(performance.now() - start)}: ${totals.describe()}`);
  const { errors } = totals;
  if (errors.length > 0) console.log(`The first ${errors.length} errors:`);
  for (const line of totals.summary()) console.log(`  ${line}`);
  if (signal.aborted) return 130;
  if (fault !== null) console.error(fault.message);
  return fault !== null ? 2 : totals.outcomes.rejected > 0 ? 1 : 0;
}

const root = join(import.meta.dirname, '../../..');
if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
try {
  const options = readOptions(process.argv.slice(2));
  if (options) process.exitCode = await main(options);
  else console.log(USAGE);
} catch (fault) {
  console.error(`${fault instanceof Error ? fault.message : String(fault)}\n\n${USAGE}`);
  process.exitCode = 2;
}
