import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plain } from '../text/plain.ts';
import { createAdverseDetector, createRules, LIMITS } from './detect.ts';
import { createLearnt } from './learnt.ts';

/** One text of the labelled set: does it report an adverse event? */
interface Told {
  readonly reports: boolean;
  readonly text: string;
}

/** A part of the labelled set. */
function readSet(name: string): Told[] {
  const lines = readFileSync(join(import.meta.dirname, '../set', `${name}.tsv`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => ({ reports: line.startsWith('1\t'), text: line.slice(2) }));
}

/** The products of the set. */
const PRODUCTS = ['Doltranol', 'Respirax', 'Vermicat', 'Pucivet'];

/** How a detector did on some texts. */
function judge(told: readonly Told[], detect: (text: string) => boolean) {
  const reports = told.filter((one) => one.reports);
  const others = told.filter((one) => !one.reports);
  const missed = reports.filter(({ text }) => !detect(text));
  const taken = others.filter(({ text }) => detect(text));
  return {
    texts: told.length,
    recall: 1 - missed.length / reports.length,
    falsePositives: taken.length / others.length,
    missed: missed.map(({ text }) => text),
    taken: taken.map(({ text }) => text),
  };
}

const detect = createAdverseDetector(PRODUCTS);
const main = ['fr-human', 'en-human', 'fr-vet', 'en-vet'].flatMap(readSet);
const tuned = [...main.filter((_, i) => i % 2 === 0), ...readSet('grown')];
const heldOut = main.filter((_, i) => i % 2 === 1);
const last = readSet('final');
/** Each was judged once before anybody tuned on it; the learnt model is fitted on all of them by now. */
const written = ['held-1', 'held-2', 'held-3', 'held-4', 'held-5'].map(readSet);
/** Judged once, in no training and no tuning: the one figure here that says what new texts would give. */
const fresh = readSet('held-6');

const figures = (name: string, told: typeof main) => {
  const found = judge(told, detect);
  const { texts, recall, falsePositives } = found;
  const said = `recall ${recall.toFixed(3)}, false positives ${falsePositives.toFixed(3)}`;
  console.log(`adverse events, ${name}: ${texts} texts, ${said}`);
  return found;
};

describe('the detection of adverse events', () => {
  it('finds 95 of 100 reports of the labelled set, and takes at most 10 of 100 others for one', () => {
    expect(main.length).toBeGreaterThanOrEqual(300);
    const all = figures('the whole set', [...tuned, ...heldOut, ...last, ...written.flat()]);
    const half = figures('the half that was never tuned on', heldOut);
    figures('the half that was tuned on, and what was added', tuned);
    figures('what was written for the learnt model', readSet('taught'));
    for (const found of [all, half]) {
      expect(found.recall, found.missed.join('\n')).toBeGreaterThanOrEqual(0.95);
      expect(found.falsePositives, found.taken.join('\n')).toBeLessThanOrEqual(0.1);
    }
  });

  it('finds 95 of 100 reports among texts it was neither fitted nor tuned on', () => {
    expect(fresh.filter(({ reports }) => reports)).toHaveLength(60);
    const found = figures('fresh', fresh);
    expect(found.recall, found.missed.join('\n')).toBeGreaterThanOrEqual(0.95);
    expect(found.falsePositives, found.taken.join('\n')).toBeLessThanOrEqual(0.15);
  });

  it('is decided by the rules alone where the learnt model is in doubt, and only there', () => {
    const find = createRules(PRODUCTS);
    const weigh = createLearnt(PRODUCTS);
    for (const { text } of [...fresh, ...last]) {
      const said = plain(text);
      if (said.length < 20) continue;
      expect(detect(text), text).toBe(weigh(said) > LIMITS[find(said)]);
    }
  });

  it.each([
    ['misspelt', 'jai des vertigges depuis hier'],
    ['elongated', 'naussééééeeee toute la nuit'],
    ['without accents', 'demangeaisons partout apres la creme'],
    ['denied first', 'No side effects at all, they say. I fainted after the second dose.'],
    ['in capitals', 'MY DOG HAD A SEIZURE'],
    ['with a product misspelt', 'je me sens bizarre avec Doltranoll'],
    ['in an emoji', '🤮 depuis ce matin'],
    ['in a language it does not read', 'обморок после таблетки'],
  ])('takes a report that is %s', (_, text) => {
    expect(detect(text)).toBe(true);
  });

  it('takes a report at the end of long praise', () => {
    const praise =
      'Bravo à toute l’équipe, superbe campagne et très belle affiche, vivement la suite ! '.repeat(4);
    expect(detect(praise)).toBe(false);
    expect(detect(`${praise} Au fait, mon chien a convulsé.`)).toBe(true);
  });

  it.each(['Vomiting.', 'Diarrhée !!', 'une éruption', 'Seizure', 'rash'])(
    'takes “%s”, all there is',
    (text) => {
      expect(detect(text)).toBe(true);
    },
  );

  it('takes what the network tags as another language, and leaves what has no words', () => {
    expect(detect('me salieron ronchas', 'es')).toBe(true);
    expect(detect('👏👏 !!', 'es')).toBe(false);
    expect(detect('Merci à toute l’équipe', 'fr-CA')).toBe(false);
  });

  it('is quick on texts made to be slow', () => {
    const texts = [
      'a'.repeat(10_000),
      'mal a '.repeat(1_600),
      'je '.repeat(3_300),
      '? '.repeat(5_000),
      'pris de la '.repeat(900),
    ];
    const started = performance.now();
    for (const text of texts) detect(text);
    expect(performance.now() - started).toBeLessThan(1_500);
  });
});
