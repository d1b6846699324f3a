import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWeb } from '../../server/src/cli/build-web.ts';
import { ROOT, run } from './command.ts';
import { countTests, type VitestReport } from './counts.ts';
import type { Outcome } from './report.ts';

/** Receives what a step has to show. */
export type Print = (text: string) => void;
/** One step of the run. */
export type Step = (print: Print) => Promise<Outcome>;

const CACHE = 'node_modules/.cache';

/** A static check: name, commands one after the other, folder. It counts as one test. */
type Check = readonly [name: string, lines: readonly string[], cwd: string];

const SOURCE_CHECKS: readonly Check[] = [
  ['format', ['prettier --check --log-level warn --cache .'], '.'],
  ['lint', ['eslint --max-warnings 0 .'], '.'],
  ['types', [`tsc --noEmit --incremental --tsBuildInfoFile ${CACHE}/types.tsbuildinfo -p .`], '.'],
];
const BUILT_CHECKS: readonly Check[] = [
  ['svelte', ['svelte-kit sync', 'svelte-check --fail-on-warnings --output human'], 'web'],
  ['knip', ['knip'], '.'],
];

async function check(name: string, lines: readonly string[], cwd: string, print: Print): Promise<Outcome> {
  let total = 0;
  for (const line of lines) {
    const { fault, output, seconds } = await run(line, { cwd, limit: 600 });
    total += seconds;
    if (fault !== undefined) {
      print(`✗ ${name}: ${fault}\n${output}`);
      return { name, passed: 0, failed: 1, skipped: 0, seconds: total, note: fault };
    }
  }
  print(`✓ ${name} ${total.toFixed(1)} s`);
  return { name, passed: 1, failed: 0, skipped: 0, seconds: total };
}

const asStep =
  ([name, lines, cwd]: Check): Step =>
  async (print) =>
    check(name, lines, cwd, print);

/** The static checks that read sources alone, in order. */
export const checks: readonly Step[] = SOURCE_CHECKS.map(asStep);
/** The static checks that also read what the build of the pages makes. */
export const checksOfBuilt: readonly Step[] = BUILT_CHECKS.map(asStep);

/** Builds the pages, which the checks of the web and the tests of the server read. Counts as one test. */
export const build: Step = async (print) => {
  const started = performance.now();
  const done = (fault?: string): Outcome => ({
    ...{
      name: 'build',
      passed: fault === undefined ? 1 : 0,
      failed: fault === undefined ? 0 : 1,
      skipped: 0,
    },
    seconds: (performance.now() - started) / 1000,
    note: fault,
  });
  try {
    await buildWeb(ROOT, print);
    return done();
  } catch (error) {
    print(`✗ build: ${error instanceof Error ? error.message : String(error)}`);
    return done('the pages do not build');
  }
};

/** One project of `vitest.config.ts`. Each of its tests counts. */
export function tests(project: string, limit: number): Step {
  return async (print) => {
    const folder = await mkdtemp(join(tmpdir(), 'fanfare-test-'));
    const file = join(folder, 'report.json');
    const reporters = `--reporter=default --reporter=json --outputFile.json=${file}`;
    print(`… ${project}`);
    const { fault, output, seconds } = await run(`vitest run --project ${project} ${reporters}`, { limit });
    const text = await readFile(file, 'utf8').catch(() => '');
    await rm(folder, { recursive: true, force: true });
    const report = text === '' ? undefined : (JSON.parse(text) as VitestReport);
    const counts = countTests(report, fault);
    print(`${counts.failed > 0 ? '✗' : '✓'} ${project} ${seconds.toFixed(1)} s\n${output}`);
    return {
      name: project,
      ...counts,
      seconds,
      note: counts.failed > 0 ? (fault ?? 'no test ran') : undefined,
    };
  };
}
