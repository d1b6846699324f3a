import {
  APOSTROPHE,
  classOf,
  DIGIT,
  foldOf,
  IGNORED,
  LETTER,
  PUNCT,
  SPACE,
  SURROGATE,
  SYMBOL,
} from './chars.ts';
import { seed, step } from './hash.ts';

export const WORD = 0;
export const MARK = 1;
export const EMOJI = 2;
export const EMOTICON = 3;
export const MENTION = 4;
export const LINK = 5;
export const NUMBER = 6;

/** Only this many UTF-16 code units of a text are read: bounds the work for one text. */
export const MAX_READ = 2000;

/** The tokens of one text, as columns; reused from text to text, so read before the next scan. */
export interface Tokens {
  count: number;
  readonly kind: Uint8Array;
  /** Unfinished FNV-1a hash of the folded token. */
  readonly hash: Int32Array;
  /** Where the folded word starts and ends in `chars`. */
  readonly start: Uint16Array;
  readonly end: Uint16Array;
  readonly chars: Uint16Array;
  /** 1 when the word is in capitals (two letters at least). */
  readonly caps: Uint8Array;
  /** 1 when a letter was repeated three times or more. */
  readonly stretched: Uint8Array;
  /** 1 when the word carried a hash sign. */
  readonly tagged: Uint8Array;
}

/** Room for the tokens of the longest text that is read. */
export function createTokens(): Tokens {
  const size = MAX_READ + 2;
  return {
    count: 0,
    kind: new Uint8Array(size),
    hash: new Int32Array(size),
    start: new Uint16Array(size),
    end: new Uint16Array(size),
    chars: new Uint16Array(size),
    caps: new Uint8Array(size),
    stretched: new Uint8Array(size),
    tagged: new Uint8Array(size),
  };
}

const EYES = new Set([...':;=8xX'].map((c) => c.charCodeAt(0)));
const NOSES = new Set([..."-o*'^"].map((c) => c.charCodeAt(0)));
const MOUTHS = new Set([...')(DPpd/\\|][3$Oo@*>}{c'].map((c) => c.charCodeAt(0)));

/** Length of an emoticon at `at`, or 0: eyes, perhaps a nose, a mouth; or a heart `<3`, `</3`. */
function emoticonLength(text: string, at: number, end: number): number {
  const first = text.charCodeAt(at);
  const follows = (length: number): boolean =>
    at + length >= end || classOf(text.charCodeAt(at + length)) !== LETTER;
  if (first === 60) {
    if (text.charCodeAt(at + 1) === 51) return 2;
    return text.charCodeAt(at + 1) === 47 && text.charCodeAt(at + 2) === 51 ? 3 : 0;
  }
  if (!EYES.has(first)) return 0;
  const second = text.charCodeAt(at + 1);
  if (MOUTHS.has(second) && at + 1 < end && follows(2)) return 2;
  if (NOSES.has(second) && MOUTHS.has(text.charCodeAt(at + 2)) && at + 2 < end && follows(3)) return 3;
  return 0;
}

function startsLink(text: string, at: number): boolean {
  const first = text.charCodeAt(at) | 0x20;
  if (first === 0x68) return /^https?(?![a-z])/i.test(text.substr(at, 6));
  return first === 0x77 && /^www\./i.test(text.substr(at, 4));
}

/**
 * Splits a text into words (folded: lower case, no accents, runs of a letter cut to two), marks, emoji,
 * emoticons, mentions, links and numbers. Any string is accepted; only the first `MAX_READ` units are read.
 * `joinApostrophe`: keep `don't` whole (English) instead of splitting `n'est` (French, Italian).
 */
export function scan(text: string, joinApostrophe: boolean, out: Tokens): void {
  const end = Math.min(text.length, MAX_READ);
  const { kind, hash, start, end: ends, chars, caps, stretched, tagged } = out;
  let n = 0;
  let used = 0;
  let at = 0;
  let tag = 0;
  while (at < end) {
    const code = text.charCodeAt(at);
    const cls = classOf(code);
    const boundary = at === 0 || classOf(text.charCodeAt(at - 1)) !== LETTER;
    if (cls === SPACE || cls === IGNORED) {
      at++;
      tag = 0;
      continue;
    }
    start[n] = used;
    caps[n] = 0;
    stretched[n] = 0;
    tagged[n] = tag;
    if (boundary && (cls === PUNCT || code === 120 || code === 88 || code === 56)) {
      const length = emoticonLength(text, at, end);
      if (length > 0) {
        let h = seed(EMOTICON);
        for (let i = 0; i < length; i++) h = step(h, foldOf(text.charCodeAt(at + i)));
        kind[n] = EMOTICON;
        hash[n] = h;
        ends[n++] = used;
        at += length;
        continue;
      }
    }
    if (cls === LETTER && boundary && startsLink(text, at)) {
      while (at < end && classOf(text.charCodeAt(at)) !== SPACE) at++;
      kind[n] = LINK;
      hash[n] = seed(LINK);
      ends[n++] = used;
      continue;
    }
    if (cls === LETTER) {
      let h = seed(WORD);
      let upper = 0;
      let letters = 0;
      let previous = -1;
      let before = -1;
      for (; at < end; at++) {
        const unit = text.charCodeAt(at);
        const c = classOf(unit);
        if (c === IGNORED) continue;
        if (c === APOSTROPHE && joinApostrophe && at + 1 < end && classOf(text.charCodeAt(at + 1)) === LETTER)
          continue;
        if (c !== LETTER && c !== DIGIT && unit !== 95) break;
        const folded = foldOf(unit);
        letters++;
        if (
          folded !== unit &&
          folded !== 0 &&
          unit < 0x17f &&
          String.fromCharCode(unit) !== '' &&
          isUpper(unit)
        )
          upper++;
        if (folded === previous && folded === before && c === LETTER) {
          stretched[n] = 1;
          continue;
        }
        before = previous;
        previous = folded;
        h = step(h, folded);
        chars[used++] = folded;
      }
      kind[n] = WORD;
      caps[n] = letters > 1 && upper === letters ? 1 : 0;
      hash[n] = h;
      ends[n++] = used;
      tag = 0;
      continue;
    }
    if (cls === DIGIT) {
      while (at < end && /[\p{N}.,:%]/u.test(text.charAt(at))) at++;
      kind[n] = NUMBER;
      hash[n] = seed(NUMBER);
      ends[n++] = used;
      continue;
    }
    if (cls === SURROGATE || cls === SYMBOL) {
      const point = text.codePointAt(at) ?? 0;
      at += point > 0xffff ? 2 : 1;
      if ((point >= 0x1f3fb && point <= 0x1f3ff) || (point >= 0xd800 && point <= 0xdfff)) continue;
      kind[n] = EMOJI;
      hash[n] = step(step(seed(EMOJI), point & 0xffff), point >>> 16);
      ends[n++] = used;
      continue;
    }
    if (code === 64 && boundary && at + 1 < end && isHandle(text.charCodeAt(at + 1))) {
      at++;
      while (at < end && isHandle(text.charCodeAt(at))) at++;
      kind[n] = MENTION;
      hash[n] = seed(MENTION);
      ends[n++] = used;
      continue;
    }
    if (code === 35) {
      tag = 1;
      at++;
      continue;
    }
    let h = seed(MARK);
    let run = 0;
    while (at < end && text.charCodeAt(at) === code) {
      at++;
      if (run++ < 3) h = step(h, code);
    }
    kind[n] = MARK;
    hash[n] = h;
    caps[n] = run > 1 ? 1 : 0;
    ends[n++] = used;
  }
  out.count = n;
}

function isUpper(unit: number): boolean {
  return (unit >= 65 && unit <= 90) || (unit >= 0xc0 && unit <= 0xde) || (unit > 0xff && (unit & 1) === 0);
}

function isHandle(unit: number): boolean {
  const cls = classOf(unit);
  return cls === LETTER || cls === DIGIT || unit === 95;
}
