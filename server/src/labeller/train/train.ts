import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { createExtractor } from '../features.ts';
import { MODEL_FILE } from '../linear.ts';
import { packWeights, unpackWeights } from '../weights.ts';
import { readLexicons } from './lexicons.ts';
import { readSplit } from './data.ts';
import { toExample, weigh } from './examples.ts';
import { fit, logits, softmax, type Example } from './fit.ts';
import { calibrationError, macroF1, type Judged } from './measure.ts';
import { OPTIONS } from './options.ts';
import { readVocabulary } from './vocabulary.ts';
import { quantise } from './quantise.ts';

const folder = process.env['FANFARE_DATA'] ?? '../shared/data';
if (!existsSync(`${folder}/sentiment`)) {
  console.error(`No training data in ${folder} (set FANFARE_DATA).`);
  process.exit(2);
}
const split = readSplit(folder);
const lexicons = readLexicons(folder);
const vocabulary = readVocabulary(split.train);
const extract = createExtractor(lexicons);
const examples = split.train.map((row) => toExample(extract, row, OPTIONS));

/** Out-of-fold logits of the small sets: five fits, SemEval always in the training part. */
function crossValidate(): { example: Example; sums: [number, number, number] }[] {
  const out: { example: Example; sums: [number, number, number] }[] = [];
  for (let fold = 0; fold < 5; fold++) {
    const apart = (e: Example): boolean =>
      e.row.fold % 5 === fold && (e.row.set === 'xlmt' || e.row.set === 'deft');
    const rest = examples.filter((e) => !apart(e));
    weigh(rest, OPTIONS.setWeights);
    const planes = fit(rest, OPTIONS);
    for (const example of examples) if (apart(example)) out.push({ example, sums: logits(planes, example) });
    console.log(`fold ${fold + 1} of 5`);
  }
  return out;
}

function table(title: string, rows: readonly { key: string; judged: Judged }[], threshold: number): void {
  const groups = new Map<string, Judged[]>();
  for (const { key, judged } of rows) groups.set(key, [...(groups.get(key) ?? []), judged]);
  const cells = [...groups].map(([key, list]) => `${key} ${macroF1(list, threshold).toFixed(1)}`);
  console.log(`${title}: ${cells.join('  ')}`);
}

const nameOf = (e: Example): string => (e.row.set === 'deft' ? 'deft' : e.row.lang);
const outside = crossValidate();
const judge = (temperature: number): { key: string; judged: Judged }[] =>
  outside.map(({ example, sums }) => ({
    key: nameOf(example),
    judged: { truth: example.row.label, chances: softmax(sums, temperature) },
  }));
const loss = (temperature: number): number =>
  judge(temperature).reduce(
    (sum, { judged }) => sum - Math.log(judged.chances[judged.truth as 0 | 1 | 2]),
    0,
  );
let temperature = 1;
for (let t = 0.5; t < 4; t += 0.05) if (loss(t) < loss(temperature)) temperature = Math.round(t * 100) / 100;
const calibrated = judge(temperature);
const mean = (threshold: number): number => {
  const groups = new Map<string, Judged[]>();
  for (const { key, judged } of calibrated) groups.set(key, [...(groups.get(key) ?? []), judged]);
  return [...groups.values()].reduce((sum, list) => sum + macroF1(list, threshold), 0) / groups.size;
};
let threshold = 0;
for (let t = 0.34; t < 0.6; t += 0.01) if (mean(t) >= mean(0) - 0.1) threshold = Math.round(t * 100) / 100;
console.log(
  `temperature ${temperature}  threshold ${threshold}  mean ${mean(0).toFixed(2)} -> ${mean(threshold).toFixed(2)}`,
);
console.log(
  `calibration error, cross-validated: ${calibrationError(calibrated.map((c) => c.judged)).toFixed(1)} %`,
);
table('cross-validated macro-F1', calibrated, threshold);

weigh(examples, OPTIONS.setWeights);
const planes = fit(examples, OPTIONS);
const { slots, unit } = quantise(planes);
const { model, bits, scales, langScale } = OPTIONS;
const bytes = packWeights({
  model,
  bits,
  slots,
  unit,
  scales,
  langScale,
  temperature,
  threshold,
  lexicons,
  vocabulary,
});
mkdirSync(new URL('.', MODEL_FILE), { recursive: true });
writeFileSync(MODEL_FILE, bytes);
const digest = createHash('sha256').update(bytes).digest('hex');
writeFileSync(new URL('./linear-1.sha256', MODEL_FILE), `${digest}\n`);
console.log(`${unpackWeights(bytes).model}: ${bytes.length} bytes, sha256 ${digest}`);

// Reported, never chosen on: the two parts that no fit has seen.
const last = [...split.validation, ...split.held].map((row) => {
  const example = toExample(extract, row, OPTIONS);
  const sums = logits(planes, example);
  return { key: nameOf(example), judged: { truth: row.label, chances: softmax(sums, temperature) } };
});
table('validation macro-F1 (before rounding to bytes)', last, threshold);
console.log(`calibration error, validation: ${calibrationError(last.map((c) => c.judged)).toFixed(1)} %`);
