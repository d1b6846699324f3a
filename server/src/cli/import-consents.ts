// `pnpm import-consents FILE --brand B`: records proofs of consent from a CSV or NDJSON file.
import { isUtf8 } from 'node:buffer';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileLines, importConsents, type ItemError, type RefusedBytes } from '@fanfare/contract';
import { USAGE, readOptions, type ImportOptions } from './consents/options.ts';
import { Report } from './consents/report.ts';
import { Progress, duration } from './replay/progress.ts';
import { Sender } from './replay/sender.ts';
import { openFile } from './replay/source.ts';
import { summaryOf } from './replay/totals.ts';
import { targetOf } from './target.ts';

/** Faults that are summed up by kind. */
const MOST_SUMMED = 1_000;

async function main(options: ImportOptions): Promise<number> {
  const target = targetOf(options, process.env);
  const path = resolve(process.env['INIT_CWD'] ?? '', options.file);
  const file = await openFile(path);
  const report = new Report(`${path}.refused.csv`);
  const errors: ItemError[] = [];
  let [accepted, refused] = [0, 0];
  const start = performance.now();
  const counts = (): string => `taken ${accepted}, refused ${refused}`;
  const progress = new Progress(process.stderr, () => ({
    share: file.progress(),
    received: accepted + refused,
    unit: 'records',
    counts: counts(),
    elapsed: performance.now() - start,
  }));
  const abort = new AbortController();
  const { signal } = abort;
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => abort.abort());
  const onWait = (why: string, ms: number) => progress.say(`${why}; again in ${(ms / 1_000).toFixed(1)} s`);
  const sender = new Sender({ ...target, brand: options.brand, signal, onWait });
  let fault: Error | null = null;
  try {
    await sender.check();
    await importConsents({
      lines: fileLines(file.bytes),
      send: (type, body) => sender.post('/consents?errors=1000', type, body),
      async recorded(taken, others) {
        accepted += taken;
        refused += others.length;
        errors.push(...others.slice(0, MOST_SUMMED - errors.length).map(({ error }) => error));
        await report.add(others.map(told));
      },
    });
  } catch (thrown) {
    fault = thrown instanceof Error ? thrown : new Error(String(thrown));
  }
  await report.end(fault === null);
  progress.end();
  const took = duration(performance.now() - start);
  console.log(`${accepted + refused} records in ${took}: ${counts()}`);
  for (const line of summaryOf(errors, 'line')) console.log(`  ${line}`);
  if (refused > 0) console.log(`Each of them with its reason: ${report.path}`);
  if (fault !== null) {
    if (!signal.aborted) console.error(fault.message);
    console.error('It ended early. Run it again: what is held already is not recorded twice.');
  }
  if (signal.aborted) return 130;
  return fault !== null ? 2 : refused > 0 ? 1 : 0;
}

function told({ error, bytes }: RefusedBytes) {
  const { index, code, field, detail } = error;
  const text = Buffer.from(bytes ?? []);
  return {
    line: index,
    reason: `${code}${field === undefined ? '' : ` (${field})`}: ${detail}`,
    original: text.toString(isUtf8(text) ? 'utf8' : 'latin1'),
  };
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
