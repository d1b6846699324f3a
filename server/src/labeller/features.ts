import { BOOSTER, CONTRAST, cuesOf, DAMPER, NEGATOR } from './cues.ts';
import { finish, pair, seed, step } from './hash.ts';
import type { Lexicon, Lexicons } from './lexicon.ts';
import { createTokens, EMOJI, EMOTICON, LINK, MARK, MENTION, scan, WORD } from './tokens.ts';

/** Features of one text: `ids[0..words)` word features, `[words..chars)` character n-grams, `[chars..count)` the rest. */
export interface Features {
  readonly ids: Uint32Array;
  words: number;
  chars: number;
  count: number;
  /** Emoji and emoticons with a score of their own. */
  signs: number;
  /** Words. */
  letters: number;
}

export interface Extractor {
  /** Reads one text in one language (`und` when unknown); the result is reused by the next call. */
  extract(text: string, lang: string): Features;
}

const MAX_FEATURES = 16384;
const TABLE = 32768;
const S_WORD = 11;
const S_PAIR = 12;
const S_TRIPLE = 13;
const S_NEGATED = 14;
const S_GRAM = 15;
const S_SHAPE = 16;
const S_LEX = 17;
const S_POLAR = 18;

/** A feature extractor with its own scratch memory; same text, language and lists give the same features. */
export function createExtractor(lexicons: Lexicons): Extractor {
  const tokens = createTokens();
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

  function words(cues: ReadonlyMap<number, number>): void {
    let previous = seed(1);
    let before = seed(2);
    let scope = 0;
    for (let i = 0; i < tokens.count; i++) {
      const hash = tokens.hash[i] ?? 0;
      const kind = tokens.kind[i];
      add(pair(S_WORD, hash));
      add(pair(pair(S_PAIR, previous), hash));
      add(pair(pair(pair(S_TRIPLE, before), previous), hash));
      before = previous;
      previous = hash;
      if (kind === MARK) scope = 0;
      else if (kind === WORD) {
        if (scope > 0) {
          add(pair(S_NEGATED, hash));
          scope--;
        }
        if (cues.get(hash) === NEGATOR) scope = 5;
      }
    }
    add(pair(pair(S_PAIR, previous), seed(3)));
  }

  function grams(): void {
    const { chars } = tokens;
    for (let i = 0; i < tokens.count; i++) {
      if (tokens.kind[i] !== WORD) continue;
      const start = tokens.start[i] ?? 0;
      const end = tokens.end[i] ?? 0;
      for (let from = start - 1; from < end; from++) {
        let hash = seed(S_GRAM);
        for (let length = 1; length <= 5; length++) {
          const at = from + length - 1;
          if (at > end) break;
          hash = step(hash, at < start || at === end ? 32 : (chars[at] ?? 0));
          if (length >= 3) add(hash);
        }
      }
    }
  }

  function bucket(name: number, value: number): void {
    add(pair(pair(S_SHAPE, name), value));
  }

  function shape(text: string): void {
    let caps = 0;
    let stretched = 0;
    let bangs = 0;
    let questions = 0;
    let links = 0;
    let mentions = 0;
    let tags = 0;
    let wordCount = 0;
    let dots = 0;
    let quotes = 0;
    for (let i = 0; i < tokens.count; i++) {
      const kind = tokens.kind[i];
      if (kind === WORD) {
        wordCount++;
        caps += tokens.caps[i] ?? 0;
        stretched += tokens.stretched[i] ?? 0;
        tags += tokens.tagged[i] ?? 0;
      } else if (kind === LINK) links++;
      else if (kind === MENTION) mentions++;
      else if (kind === MARK) {
        const h = tokens.hash[i] ?? 0;
        const many = tokens.caps[i] ?? 0;
        if (h === BANG || h === BANGS || h === BANGS3) bangs += 1 + many;
        else if (h === QUESTION || h === QUESTIONS || h === QUESTIONS3) questions += 1 + many;
        else if (h === DOTS || h === ELLIPSIS) dots++;
        else if (h === QUOTE) quotes++;
      }
    }
    features.letters = wordCount;
    bucket(0, seed(0));
    bucket(1, Math.min(caps, 4));
    bucket(2, Math.min(stretched, 2));
    bucket(3, Math.min(bangs, 4));
    bucket(4, Math.min(questions, 3));
    bucket(5, Math.min(links, 2));
    bucket(6, Math.min(mentions, 3));
    bucket(7, Math.min(tags, 4));
    bucket(8, Math.min(wordCount >> 2, 6));
    bucket(9, Math.min(dots, 2));
    bucket(10, Math.min(quotes, 2));
    bucket(11, text.startsWith('RT ') ? 1 : 0);
  }

  function lexical(cues: ReadonlyMap<number, number>, words: Lexicon | undefined): void {
    const sum = [0, 0, 0, 0];
    const most = [0, 0, 0, 0];
    const counts = [0, 0, 0, 0];
    let signs = 0;
    let signCount = 0;
    let scope = 0;
    let factor = 1;
    let contrast = 0;
    let after = 0;
    let last = 0;
    let trail = 0;
    for (let i = 0; i < tokens.count; i++) {
      const kind = tokens.kind[i];
      const hash = tokens.hash[i] ?? 0;
      if (kind === MARK) {
        scope = 0;
        factor = 1;
        continue;
      }
      if (kind === EMOJI || kind === EMOTICON) {
        const index = lexicons.signs.find(hash);
        if (index >= 0) {
          signs += lexicons.signs.first[index] ?? 0;
          signCount++;
        }
        continue;
      }
      if (kind !== WORD) continue;
      const cue = cues.get(hash) ?? 0;
      const index = words === undefined ? -1 : words.find(hash);
      if (index >= 0 && words !== undefined) {
        const turn = scope > 0 ? -0.75 : 1;
        const loud = tokens.caps[i] === 1 || tokens.stretched[i] === 1 ? 1.25 : 1;
        for (let list = 0; list < 2; list++) {
          const raw = (list === 0 ? words.first[index] : words.second[index]) ?? 0;
          if (raw === 0) continue;
          const score = raw * turn * factor * loud;
          const side = list * 2 + (score > 0 ? 0 : 1);
          sum[side] = (sum[side] ?? 0) + Math.abs(score);
          most[side] = Math.max(most[side] ?? 0, Math.abs(score));
          counts[side] = (counts[side] ?? 0) + 1;
          if (list === 0) {
            last = score;
            if (contrast === 1) after += score;
            const polar =
              (score > 0 ? 1 : 2) + (scope > 0 ? 2 : 0) + (factor > 1 ? 4 : 0) + (factor < 1 ? 8 : 0);
            add(pair(pair(S_POLAR, polar), Math.min(3, Math.abs(raw) >> 5)));
            add(pair(pair(S_POLAR, 100 + trail), polar & 3));
            trail = polar & 3;
          }
        }
      }
      factor = cue === BOOSTER ? 1.3 : cue === DAMPER ? 0.7 : 1;
      if (cue === NEGATOR) scope = 4;
      else if (scope > 0) scope--;
      if (cue === CONTRAST) {
        contrast = 1;
        after = 0;
      }
    }
    const put = (name: number, value: number): void => add(pair(pair(S_LEX, name), value));
    if (words !== undefined) {
      for (let list = 0; list < 2; list++) {
        const plus = sum[list * 2] ?? 0;
        const minus = sum[list * 2 + 1] ?? 0;
        put(list * 10, level(plus - minus));
        put(list * 10 + 1, level(plus));
        put(list * 10 + 2, level(minus));
        put(list * 10 + 3, level((most[list * 2] ?? 0) - (most[list * 2 + 1] ?? 0)));
        put(list * 10 + 4, Math.min(counts[list * 2] ?? 0, 3) * 4 + Math.min(counts[list * 2 + 1] ?? 0, 3));
        put(list * 10 + 5, level((plus - minus) / Math.sqrt(tokens.count + 1)));
      }
      put(20, level(last));
      if (contrast === 1) put(21, level(after));
      put(22, level((sum[0] ?? 0) - (sum[1] ?? 0) + (sum[2] ?? 0) - (sum[3] ?? 0) + signs));
    }
    features.signs = signCount;
    if (signCount > 0) {
      put(30, level(signs));
      put(31, level(signs / signCount));
      put(32, Math.min(signCount, 4));
    } else put(33, 0);
  }

  return {
    extract(text, lang) {
      stamp++;
      count = 0;
      scan(text, lang === 'en', tokens);
      const cues = cuesOf(lang);
      words(cues);
      features.words = count;
      grams();
      features.chars = count;
      shape(text);
      lexical(cues, lexicons.words.get(lang));
      features.count = count;
      return features;
    },
  };
}

function mark(text: string): number {
  let h = seed(MARK);
  for (let i = 0; i < text.length; i++) h = step(h, text.charCodeAt(i));
  return h;
}
const BANG = mark('!');
const BANGS = mark('!!');
const BANGS3 = mark('!!!');
const QUESTION = mark('?');
const QUESTIONS = mark('??');
const QUESTIONS3 = mark('???');
const DOTS = mark('...');
const ELLIPSIS = mark('\u2026');
const QUOTE = mark('"');

/** A score (hundredths of a word's strongest) on a scale of -8 to 8, finer near zero. */
function level(score: number): number {
  const size = Math.abs(score);
  const step =
    size < 5
      ? 0
      : size < 20
        ? 1
        : size < 35
          ? 2
          : size < 50
            ? 3
            : size < 70
              ? 4
              : size < 100
                ? 5
                : size < 150
                  ? 6
                  : size < 220
                    ? 7
                    : 8;
  return score < 0 ? -step : step;
}
