import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdverseDetector } from '@fanfare/server/domain/sector/adverse/detect.ts';
import { isSensitive } from '@fanfare/server/domain/sector/sensitive/gate.ts';
import { machineFacts } from './support/machine.ts';
import { median, table } from './support/numbers.ts';

const ROUNDS = Number(process.argv[2] ?? 9);
const READS = 20_000;
/** Microseconds one text without a hit may cost the ingest. */
const MOST = 3;

const SETS = join(import.meta.dirname, '../../server/src/domain/sector/set');
const textsOf = (name: string): string[] =>
  readFileSync(join(SETS, `${name}.tsv`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.slice(2));
const texts = ['fr-human', 'en-human', 'fr-vet', 'en-vet', 'grown', 'final'].flatMap(textsOf);
const plain = texts.filter((text) => !isSensitive(text));
/** On texts it was not fitted on, the detector has to ask its rules more often. */
const fresh = textsOf('held-6');

function cost(look: (text: string) => boolean, plain: readonly string[]): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    for (let i = 0; i < READS; i++) look(plain[i % plain.length]!);
    return ((performance.now() - started) * 1_000) / READS;
  });
  return median(rounds);
}

console.log(machineFacts());
const detect = createAdverseDetector(['Doltranol', 'Vermicat']);
const gate = cost(isSensitive, plain);
const found = [
  ['gate', 'µs a text'],
  ['sensitive matter, no hit', gate.toFixed(2)],
  ['adverse events', cost((text) => detect(text), plain).toFixed(2)],
  ['adverse events, fresh texts', cost((text) => detect(text), fresh).toFixed(2)],
];
console.log(table(found));
if (gate > MOST) {
  console.error(`the gate costs ${gate.toFixed(2)} µs a text, more than ${MOST}`);
  process.exitCode = 1;
}
