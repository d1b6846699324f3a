import { cuesOf, NEGATOR } from './cues.ts';
import { finish, pair, seed, step } from '../domain/hash.ts';
import type { Lexicons } from './lexicon.ts';
import { addPolarity } from './polarity.ts';
import { createScanner } from './scan.ts';
import { addShape } from './shape.ts';
import { MARK, WORD, type Tokens } from './tokens.ts';

/**
 * The features of one text, as hashes, each once. Three families: `ids[0..words)` words and pairs of words,
 * `[words..chars)` character n-grams, `[chars..count)` shape and feeling. The memory is used again.
 */
export interface Features {
  readonly ids: Uint32Array;
  words: number;
  chars: number;
  count: number;
  /** Emoji and emoticons with a score of their own. */
  signs: number;
  /** Tokens that are words. */
  letters: number;
}

/** Reads a text in a language (`und` when unknown) into features. */
export type Extract = (text: string, lang: string) => Features;

const MAX_FEATURES = 16_384;
const TABLE = 32_768;
const S_WORD = 11;
const S_PAIR = 12;
const S_NEGATED = 14;
const S_GRAM = 15;
const START = seed(1);
const END = seed(3);
const NEGATION_REACH = 5;
const MIN_GRAM = 3;
const MAX_GRAM = 5;
const EDGE = 32;

function addWords(tokens: Tokens, cues: ReadonlyMap<number, number>, add: (hash: number) => void): void {
  let previous = START;
  let reach = 0;
  for (let i = 0; i < tokens.count; i++) {
    const hash = tokens.hash[i] ?? 0;
    const kind = tokens.kind[i];
    add(pair(S_WORD, hash));
    add(pair(pair(S_PAIR, previous), hash));
    previous = hash;
    if (kind === MARK) reach = 0;
    if (kind !== WORD) continue;
    if (reach > 0) {
      add(pair(S_NEGATED, hash));
      reach--;
    }
    if (cues.get(hash) === NEGATOR) reach = NEGATION_REACH;
  }
  add(pair(pair(S_PAIR, previous), END));
}

function addGrams(tokens: Tokens, add: (hash: number) => void): void {
  const { chars } = tokens;
  for (let i = 0; i < tokens.count; i++) {
    if (tokens.kind[i] !== WORD) continue;
    const start = tokens.start[i] ?? 0;
    const end = tokens.end[i] ?? 0;
    for (let from = start - 1; from < end; from++) {
      let hash = seed(S_GRAM);
      const stop = Math.min(from + MAX_GRAM, end + 1);
      for (let at = from; at < stop; at++) {
        hash = step(hash, at < start || at === end ? EDGE : (chars[at] ?? 0));
        if (at - from >= MIN_GRAM - 1) add(hash);
      }
    }
  }
}

/** A feature extractor with its own memory: the same text, language and lists give the same features. */
export function createExtractor(lexicons: Lexicons): Extract {
  const scan = createScanner();
  const ids = new Uint32Array(MAX_FEATURES);
  const seen = new Uint32Array(TABLE);
  const stamps = new Int32Array(TABLE);
  const features: Features = { ids, words: 0, chars: 0, count: 0, signs: 0, letters: 0 };
  let stamp = 0;
  let count = 0;

  function add(hash: number): void {
    const id = finish(hash);
    let slot = id & (TABLE - 1);
    while (stamps[slot] === stamp) {
      if (seen[slot] === id) return;
      slot = (slot + 1) & (TABLE - 1);
    }
    if (count >= MAX_FEATURES) return;
    stamps[slot] = stamp;
    seen[slot] = id;
    ids[count++] = id;
  }

  return (text, lang) => {
    stamp = (stamp + 1) | 0;
    count = 0;
    const tokens = scan(text, lang === 'en');
    const cues = cuesOf(lang);
    addWords(tokens, cues, add);
    features.words = count;
    addGrams(tokens, add);
    features.chars = count;
    features.letters = addShape(tokens, text, add);
    features.signs = addPolarity(tokens, cues, lexicons.words.get(lang), lexicons.signs, add);
    features.count = count;
    return features;
  };
}
