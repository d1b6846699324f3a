import { createLinearLabeller } from '@fanfare/server/labeller/linear.ts';
import type { LabelInput } from '@fanfare/server/labeller/port.ts';
import { readSplit, type Row } from '@fanfare/server/labeller/train/data.ts';
import { calibrationError, macroF1, type Judged } from '@fanfare/server/labeller/train/measure.ts';
import { dataDir } from '../support/data.ts';
import { machineFacts } from './support/machine.ts';
import { grouped, median, table } from './support/numbers.ts';
import { NATURAL, rivals, type Judge } from './support/sentiment-rivals.ts';
import { Verdicts } from './support/verdicts.ts';

const ROUNDS = Number(process.argv[2] ?? 5);
const SPEED_TEXTS = 20_000;
const CLASSES = ['negative', 'neutral', 'positive'];

const folder = dataDir();
if (folder === undefined) {
  console.error('skipped: no labelled texts; set FANFARE_DATA to the folder that holds them');
  process.exit(0);
}
console.log(machineFacts());
const started = process.cpuUsage();
const labeller = createLinearLabeller();
const loading = process.cpuUsage(started);
console.log(
  `${labeller.model}: loaded in ${((loading.user + loading.system) / 1000).toFixed(0)} ms of CPU time\n`,
);

const verdicts = new Verdicts();
const split = readSplit(folder);
/** Unseen by the model: XLM-T validation, and the fold of DEFT 2017 that training leaves out. */
const unseen = [...split.validation, ...split.held];
const sets = new Map<string, Row[]>();
for (const row of unseen) {
  const name = `${row.lang} ${row.set === 'deft' ? 'DEFT 2017 fold' : 'XLM-T validation'}`;
  sets.set(name, [...(sets.get(name) ?? []), row]);
}

/** Certainty for one class, for judges that give no more. */
const sure = (label: number): [number, number, number] => [+(label === 0), +(label === 1), +(label === 2)];
/** `unknown` stands for no answer; it is scored as neutral, which is how it would be missed. */
const judge = (rows: readonly Row[], labels: readonly string[]): Judged[] =>
  rows.map((row, i) => ({
    truth: row.label,
    chances: sure(Math.max(0, CLASSES.indexOf(labels[i] ?? 'neutral'))),
  }));

function ours(rows: readonly Row[], tagged: boolean): { f1: number; unknown: number; error: number } {
  const labels = labeller.label(rows.map(({ text, lang }) => (tagged ? { text, lang } : { text })));
  const names = labels.map(({ label }) => (label === 'unknown' ? 'neutral' : label));
  const judged = judge(rows, names);
  const confident = judged.map(({ truth, chances }, i): Judged => {
    const confidence = labels[i]?.confidence ?? 0;
    const rest = (1 - confidence) / 2;
    return {
      truth,
      chances: [0, 1, 2].map((c) => (chances[c] === 1 ? confidence : rest)) as [number, number, number],
    };
  });
  const unknown = labels.filter(({ label }) => label === 'unknown').length;
  return { f1: macroF1(judged), unknown, error: calibrationError(confident) };
}

const results = [...sets].map(([name, rows]) => ({
  name,
  rows,
  tagged: ours(rows, true),
  found: ours(rows, false),
}));
console.log('Macro-F1 of negative, neutral, positive, on texts the model has not seen:');
console.log(
  table([
    ['language and set', 'texts', 'tagged', 'untagged', 'unknown', 'calibration error'],
    ...results.map(({ name, rows, tagged, found }) => [
      name,
      rows.length,
      tagged.f1.toFixed(1),
      found.f1.toFixed(1),
      found.unknown,
      `${tagged.error.toFixed(1)} %`,
    ]),
  ]),
);

const compared = ['en XLM-T validation', 'fr XLM-T validation', 'fr DEFT 2017 fold'];
const scoreOf = (name: string): number => results.find((result) => result.name === name)?.tagged.f1 ?? 0;

/** Texts per second of CPU time on one core: the median of the rounds, after one to warm up. */
function speed(run: () => void, texts: number): number {
  const rates: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    if (round > 0) rates.push((texts * 1e6) / (user + system));
  }
  return median(rates);
}

// Every language alike: English would be eight texts in ten otherwise.
const mixed = split.train.filter((row) => row.set !== 'semeval' || row.fold === 0).slice(0, SPEED_TEXTS);
const inputs = (tagged: boolean): LabelInput[] =>
  mixed.map(({ text, lang }) => (tagged ? { text, lang } : { text }));
const [withTag, withoutTag] = [inputs(true), inputs(false)];
const taggedRate = speed(() => labeller.label(withTag), mixed.length);
const untaggedRate = speed(() => labeller.label(withoutTag), mixed.length);

const judged = (rows: readonly Row[], say: Judge): Judged[] =>
  rows.map((row) => ({ truth: row.label, chances: sure(say(row.text)) }));
const tried = Object.entries(rivals()).map(([name, say]) => ({
  name,
  scores: compared.map((set) => macroF1(judged(sets.get(set) ?? [], set.startsWith('en') ? say.en : say.fr))),
  rate: speed(() => {
    for (const row of unseen) say.en(row.text);
  }, unseen.length),
}));
const others: readonly { name: string; scores: readonly number[]; rate: number | null }[] = [
  ...tried,
  { ...NATURAL, rate: null },
];
console.log('\nBeside what is on npm, in the same run (macro-F1; texts per second on one core):');
console.log(
  table([
    ['', ...compared, 'texts/s'],
    [labeller.model, ...compared.map((name) => scoreOf(name).toFixed(1)), grouped(taggedRate)],
    ...others.map(({ name, scores, rate }) => [
      name,
      ...scores.map((score) => score.toFixed(1)),
      rate === null ? '' : grouped(rate),
    ]),
  ]),
);
console.log('Only natural has a French list; the others read French with their English one.\n');

for (const [i, [name, least]] of (
  [
    [compared[0], 64],
    [compared[1], 62],
    [compared[2], 68],
  ] as const
).entries()) {
  const score = scoreOf(name ?? '');
  verdicts.say(score >= least, `${name ?? ''}: ${score.toFixed(1)} (at least ${least})`);
  const best = Math.max(...others.map(({ scores }) => scores[i] ?? 0));
  verdicts.say(
    score > best,
    `${name ?? ''}: ${score.toFixed(1)} against ${best.toFixed(1)}, the best of the four`,
  );
}
verdicts.say(
  taggedRate >= 20_000,
  `${grouped(taggedRate)} texts/s with a language tag (at least 10 000, aim 20 000)`,
);
verdicts.say(
  untaggedRate >= 10_000,
  `${grouped(untaggedRate)} texts/s with the language found (at least 10 000)`,
);
verdicts.end();
