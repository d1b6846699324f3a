import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordHash } from '../cues.ts';
import { finish, seed, step } from '../../domain/hash.ts';
import { createLexicon, type Lexicon, type Lexicons } from '../lexicon.ts';
import { createScanner } from '../scan.ts';
import { EMOJI, EMOTICON, WORD } from '../tokens.ts';

import { SEED_WORDS } from './seed-words.ts';

type Scores = Map<number, [number, number]>;

const scan = createScanner();

function lines(folder: string, file: string): string[] {
  return readFileSync(join(folder, 'sentiment', 'lexicons', file), 'utf8').split(/\r?\n/);
}

/** Adds one list: `pattern` captures entry and score, `unit` brings a score to hundredths. */
function add(
  list: readonly string[],
  pattern: RegExp,
  unit: number,
  which: 0 | 1,
  join: boolean,
  words: Scores,
  signs: Scores,
): void {
  for (const line of list) {
    const match = pattern.exec(line);
    if (match === null) continue;
    const tokens = scan(match[1] ?? '', join);
    if (tokens.count !== 1) continue;
    const target = tokens.kind[0] === WORD ? words : tokens.kind[0] === EMOTICON ? signs : undefined;
    if (target === undefined) continue;
    const key = finish(tokens.hash[0] ?? 0);
    const entry = target.get(key) ?? [0, 0];
    const score = Math.max(-100, Math.min(100, Math.round(Number(match[2]) * unit)));
    if (entry[which] === 0) entry[which] = score;
    target.set(key, entry);
  }
}

function pack(scores: Scores): Lexicon {
  const sorted = [...scores].sort((a, b) => a[0] - b[0]);
  return createLexicon(
    Uint32Array.from(sorted, (e) => e[0]),
    Int8Array.from(sorted, (e) => e[1][0]),
    Int8Array.from(sorted, (e) => e[1][1]),
  );
}

/** Reads VADER and AFINN (English, French) and the emoji ranking into the model's tables. */
export function readLexicons(folder: string): Lexicons {
  const en: Scores = new Map();
  const fr: Scores = new Map();
  const signs: Scores = new Map();
  add(lines(folder, 'vader_en_lexicon.txt'), /^([^\t]+)\t(-?[\d.]+)\t/, 25, 0, true, en, signs);
  add(lines(folder, 'AFINN-en-165.txt'), /^([^\t]+)\t(-?\d+)$/, 20, 1, true, en, signs);
  add(lines(folder, 'vader_fr_lexicon.txt'), /^(.+?)->(-?[\d.]+)$/, 25, 0, false, fr, signs);
  add(lines(folder, 'AFINN-fr-165.txt'), /^([^\t]+)\t(-?\d+)$/, 20, 1, false, fr, signs);
  for (const line of lines(folder, 'emoji-sentiment-ranking.csv')) {
    const cells = line.split(',');
    const point = Number(cells[1]);
    const [negative, neutral, positive] = [Number(cells[4]), Number(cells[5]), Number(cells[6])];
    if (!(point > 0) || !(negative + neutral + positive >= 10)) continue;
    const key = finish(step(step(seed(EMOJI), point & 0xffff), point >>> 16));
    signs.set(key, [Math.round((100 * (positive - negative)) / (negative + neutral + positive + 3)), 0]);
  }
  // The French lists score `cher` as "dear"; written to a brand it is about the price.
  for (const word of ['cher', 'chere', 'chers', 'cheres']) fr.set(finish(wordHash(word)), [-30, -30]);
  const words = new Map([
    ['en', pack(en)],
    ['fr', pack(fr)],
  ]);
  for (const [lang, { positive, negative }] of Object.entries(SEED_WORDS)) {
    const own: Scores = new Map();
    const scored = (list: string, score: number): string[] =>
      list.split(' ').map((word) => `${word}\t${score}`);
    add([...scored(positive, 60), ...scored(negative, -60)], /^([^\t]+)\t(-?\d+)$/, 1, 0, false, own, signs);
    words.set(lang, pack(own));
  }
  return { words, signs: pack(signs) };
}
