// `npm test` runs every check and every test; `--quick` (`pnpm verify`) leaves out what needs a database or a
// browser. Two lanes of about the same length, as there are two cores: the checks of sources and then the browser in
// one, the other tests and then the checks of what was built in the other.
import { endAll } from './runner/command.ts';
import { lastLine, table, type Outcome } from './runner/report.ts';
import { build, checks, checksOfBuilt, tests, type Print, type Step } from './runner/steps.ts';

const quick = process.argv.includes('--quick');
const print: Print = (text) => {
  console.log(text);
};

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, () => {
    endAll(signal);
    process.exit(code);
  });
}

async function lane(steps: readonly Step[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const step of steps) outcomes.push(await step(print));
  return outcomes;
}

const started = performance.now();
const built = build(print);
const [database, browser] = quick ? [[], []] : [[tests('integration', 2000)], [tests('browser', 2000)]];
const lanes = [
  lane([...checks, async () => built, ...browser]),
  built.then(async () => lane([tests('unit', 400), tests('web', 300), ...database, ...checksOfBuilt])),
];
const outcomes = (await Promise.all(lanes)).flat();

console.log(`\n${table(outcomes)}\n\nin ${((performance.now() - started) / 1000).toFixed(0)} s`);
console.log(lastLine(outcomes));
process.exitCode = outcomes.some((outcome) => outcome.failed > 0) ? 1 : 0;
