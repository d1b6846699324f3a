import { readFileSync, writeFileSync } from 'node:fs';
import { createRules, LIMITS } from '../../domain/sector/adverse/detect.ts';
import { SLOTS } from '../../domain/sector/adverse/grams.ts';
import { plain } from '../../domain/sector/text/plain.ts';
import { fit, logit, toVector, type Fitted, type Told } from './adverse-fit.ts';
import { group } from './adverse-groups.ts';

/*
 * Fits the learnt part of the detection of adverse events: `node server/src/labeller/train/adverse.ts`.
 * Prints what it gives on texts it was not fitted on, and writes `adverse/weights.ts` anew.
 */
const HERE = new URL('../../domain/sector/', import.meta.url);
/** `held-6` is in no training: it judges. */
const FILES = 'fr-human en-human fr-vet en-vet grown final held-1 held-2 held-3 held-4 held-5 taught'.split(
  ' ',
);
const FOLDS = 10;
/** From this likeness on, two texts are near-copies and stay on one side. */
const ALIKE = 0.35;
const OPTIONS = { epochs: 40, rate: 0.1, decay: 3e-3 };

function read(file: string): Told[] {
  const lines = readFileSync(new URL(`set/${file}.tsv`, HERE), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => ({ reports: line.startsWith('1\t'), text: line.slice(2), file, group: 0 }));
}

const all = FILES.flatMap(read);
group(all, ALIKE);
const vectors = all.map(toVector);
const find = createRules(['Doltranol', 'Respirax', 'Vermicat', 'Pucivet']);
const found = all.map(({ text }) => find(plain(text)));

/** Prints recall and false positives on texts that the model was not fitted on. */
function validate(name: string, foldOf: (told: Told) => number | string, files: readonly string[]): void {
  const learnt = new Map<Told, number>();
  for (const fold of new Set(all.map(foldOf))) {
    const fitted = fit(
      vectors.filter(({ told }) => foldOf(told) !== fold),
      OPTIONS,
    );
    for (const vector of vectors)
      if (foldOf(vector.told) === fold) learnt.set(vector.told, logit(fitted, vector));
  }
  const share = (reports: boolean, taken: (told: Told, i: number) => boolean): string => {
    const told = all.map((one, i) => ({ one, i })).filter(({ one }) => files.includes(one.file));
    const same = told.filter(({ one }) => one.reports === reports);
    return (same.filter(({ one, i }) => taken(one, i)).length / same.length).toFixed(3);
  };
  const ways = {
    rules: (_: Told, i: number) => (found[i] ?? 0) > 0,
    learnt: (told: Told) => (learnt.get(told) ?? 0) > 0,
    both: (told: Told, i: number) => (learnt.get(told) ?? 0) > LIMITS[found[i] ?? 0],
  };
  for (const [way, taken] of Object.entries(ways))
    console.log(`${name}, ${way}: recall ${share(true, taken)}, false positives ${share(false, taken)}`);
}

/** Weights as whole numbers of one byte, in base64. */
function write({ weights, bias }: Fitted): void {
  const unit = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127;
  const bytes = Int8Array.from({ length: SLOTS }, (_, i) => Math.round((weights[i] ?? 0) / unit));
  const packed = Buffer.from(bytes.buffer).toString('base64');
  const source = [
    '/* Written by server/src/labeller/train/adverse.ts from the labelled set. */',
    '/** The logit of a text without words. */',
    `export const BIAS = ${bias.toFixed(6)};`,
    '/** What one unit of a weight is worth, in logits. */',
    `export const UNIT = ${unit.toFixed(8)};`,
    '/** A weight a slot, one signed byte each, in base64. */',
    `export const SLOT_WEIGHTS =\n  '${packed}';`,
  ];
  writeFileSync(new URL('adverse/weights.ts', HERE), `${source.join('\n')}\n`);
}

const byGroup = (told: Told): number => (Math.imul(told.group + 1, 0x9e3779b1) >>> 8) % FOLDS;
const before = FILES.filter((file) => file !== 'taught');
validate('ten folds, the set before', byGroup, before);
validate('ten folds, taught', byGroup, ['taught']);
validate('ten folds, held-5', byGroup, ['held-5']);
validate('each file left out, the set before', ({ file }) => file, before);
validate('each file left out, taught', ({ file }) => file, ['taught']);
validate('each file left out, held-5', ({ file }) => file, ['held-5']);
write(fit(vectors, OPTIONS));
