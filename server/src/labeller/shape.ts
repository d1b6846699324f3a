import { pair, seed, step } from '../domain/hash.ts';
import { LINK, MARK, MENTION, WORD, type Tokens } from './tokens.ts';

const SALT = 16;

function markHash(text: string): number {
  let hash = seed(MARK);
  for (let i = 0; i < text.length; i++) hash = step(hash, text.charCodeAt(i));
  return hash;
}

const BANG = 0;
const QUESTION = 1;
const DOTS = 2;
const QUOTE = 3;
const MARKS: ReadonlyMap<number, number> = new Map([
  ...['!', '!!', '!!!'].map((m): [number, number] => [markHash(m), BANG]),
  ...['?', '??', '???'].map((m): [number, number] => [markHash(m), QUESTION]),
  ...['...', '\u2026'].map((m): [number, number] => [markHash(m), DOTS]),
  [markHash('"'), QUOTE],
]);

/** Adds how a text looks, in steps: capitals, stretched words, marks, links, mentions, tags, length. Returns its words. */
export function addShape(tokens: Tokens, text: string, add: (hash: number) => void): number {
  let words = 0;
  let capitals = 0;
  let stretched = 0;
  let tags = 0;
  let links = 0;
  let mentions = 0;
  const marks = [0, 0, 0, 0];
  for (let i = 0; i < tokens.count; i++) {
    const kind = tokens.kind[i];
    const loud = tokens.loud[i] ?? 0;
    if (kind === WORD) {
      words++;
      capitals += loud;
      stretched += tokens.stretched[i] ?? 0;
      tags += tokens.tagged[i] ?? 0;
    } else if (kind === LINK) links++;
    else if (kind === MENTION) mentions++;
    else if (kind === MARK) {
      const which = MARKS.get(tokens.hash[i] ?? 0);
      if (which !== undefined) marks[which] = (marks[which] ?? 0) + 1 + loud;
    }
  }
  const steps = [
    0,
    Math.min(capitals, 4),
    Math.min(stretched, 2),
    Math.min(marks[BANG] ?? 0, 4),
    Math.min(marks[QUESTION] ?? 0, 3),
    Math.min(links, 2),
    Math.min(mentions, 3),
    Math.min(tags, 4),
    Math.min(words >> 2, 6),
    Math.min(marks[DOTS] ?? 0, 2),
    Math.min(marks[QUOTE] ?? 0, 2),
    text.startsWith('RT ') ? 1 : 0,
  ];
  for (const [name, value] of steps.entries()) add(pair(pair(SALT, name), value));
  return words;
}
