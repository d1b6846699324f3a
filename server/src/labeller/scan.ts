import { APOSTROPHE, classOf, DIGIT, foldOf, IGNORED, isUpper, LETTER } from './chars.ts';
import { PUNCT, SPACE, SURROGATE, SYMBOL } from './chars.ts';
import { emoticonLength } from './emoticon.ts';
import { seed, step } from '../domain/hash.ts';
import { createTokens, EMOJI, EMOTICON, LINK, MARK, MAX_READ, MENTION, NUMBER, WORD } from './tokens.ts';
import type { Tokens } from './tokens.ts';

const AT_SIGN = 64;
const HASH_SIGN = 35;
const UNDERSCORE = 95;

/** Reads a text into tokens; `joinApostrophe` keeps `don't` whole (English) rather than splitting `n'est`. */
export type Scan = (text: string, joinApostrophe: boolean) => Tokens;

function isHandle(unit: number): boolean {
  const cls = classOf(unit);
  return cls === LETTER || cls === DIGIT || unit === UNDERSCORE;
}

function startsLink(text: string, at: number): boolean {
  const first = text.charCodeAt(at) | 0x20;
  if (first === 0x68) return /^https?(?![a-z])/i.test(text.slice(at, at + 6));
  return first === 0x77 && /^www\./i.test(text.slice(at, at + 4));
}

/** Whether an emoticon may begin with this unit: a sign, or the eyes `x`, `X`, `8`. */
function mayBeFace(cls: number, unit: number): boolean {
  return cls === PUNCT || unit === 120 || unit === 88 || unit === 56;
}

/**
 * A scanner with its own memory. It splits a text into words (folded: lower case, no accents, runs of a letter
 * cut to two), marks, emoji, emoticons, mentions, links and numbers. Any string is accepted, broken surrogates
 * included; only the first `MAX_READ` units are read.
 */
export function createScanner(): Scan {
  const tokens = createTokens();
  let text = '';
  let end = 0;
  let at = 0;
  let used = 0;
  let tag = 0;
  let join = false;

  function put(kind: number, hash: number, loud = 0, stretched = 0, start = used): void {
    const n = tokens.count++;
    tokens.kind[n] = kind;
    tokens.hash[n] = hash;
    tokens.start[n] = start;
    tokens.end[n] = used;
    tokens.loud[n] = loud;
    tokens.stretched[n] = stretched;
    tokens.tagged[n] = tag;
    tag = 0;
  }

  function word(): void {
    const start = used;
    let hash = seed(WORD);
    let upper = 0;
    let units = 0;
    let previous = -1;
    let before = -1;
    let stretched = 0;
    for (; at < end; at++) {
      const unit = text.charCodeAt(at);
      const cls = classOf(unit);
      if (cls === IGNORED) continue;
      if (cls === APOSTROPHE && join && at + 1 < end && classOf(text.charCodeAt(at + 1)) === LETTER) continue;
      if (cls !== LETTER && cls !== DIGIT && unit !== UNDERSCORE) break;
      const folded = foldOf(unit);
      units++;
      upper += isUpper(unit);
      if (folded === previous && folded === before && cls === LETTER) {
        stretched = 1;
        continue;
      }
      before = previous;
      previous = folded;
      hash = step(hash, folded);
      tokens.chars[used++] = folded;
    }
    put(WORD, hash, units > 1 && upper === units ? 1 : 0, stretched, start);
  }

  function sign(): void {
    const point = text.codePointAt(at) ?? 0;
    at += point > 0xffff ? 2 : 1;
    // Skin tones say nothing of feeling; half a surrogate pair says nothing at all.
    if ((point >= 0x1f3fb && point <= 0x1f3ff) || (point >= 0xd800 && point <= 0xdfff)) return;
    put(EMOJI, step(step(seed(EMOJI), point & 0xffff), point >>> 16));
  }

  function emoticon(length: number): void {
    let hash = seed(EMOTICON);
    for (const stop = at + length; at < stop; at++) hash = step(hash, foldOf(text.charCodeAt(at)));
    put(EMOTICON, hash);
  }

  function mark(unit: number): void {
    let hash = seed(MARK);
    let run = 0;
    for (; at < end && text.charCodeAt(at) === unit; at++) if (run++ < 3) hash = step(hash, unit);
    put(MARK, hash, run > 1 ? 1 : 0);
  }

  function one(unit: number): void {
    const cls = classOf(unit);
    if (cls === SPACE || cls === IGNORED) {
      at++;
      tag = 0;
      return;
    }
    const fresh = at === 0 || classOf(text.charCodeAt(at - 1)) !== LETTER;
    const face = fresh && mayBeFace(cls, unit) ? emoticonLength(text, at, end) : 0;
    if (face > 0) emoticon(face);
    else if (cls === LETTER && fresh && startsLink(text, at)) {
      while (at < end && classOf(text.charCodeAt(at)) !== SPACE) at++;
      put(LINK, seed(LINK));
    } else if (cls === LETTER) word();
    else if (cls === DIGIT) {
      while (at < end && /[\p{N}.,:%]/u.test(text.charAt(at))) at++;
      put(NUMBER, seed(NUMBER));
    } else if (cls === SURROGATE || cls === SYMBOL) sign();
    else if (unit === AT_SIGN && fresh && at + 1 < end && isHandle(text.charCodeAt(at + 1))) {
      for (at++; at < end && isHandle(text.charCodeAt(at));) at++;
      put(MENTION, seed(MENTION));
    } else if (unit === HASH_SIGN) {
      tag = 1;
      at++;
    } else mark(unit);
  }

  return (input, joinApostrophe) => {
    text = input;
    end = Math.min(input.length, MAX_READ);
    join = joinApostrophe;
    at = 0;
    used = 0;
    tag = 0;
    tokens.count = 0;
    while (at < end) one(text.charCodeAt(at));
    text = '';
    return tokens;
  };
}
