import { phrases } from '../text/phrase.ts';
import { plain, plainWord } from '../text/plain.ts';
import { createScan, type Stem } from '../text/scan.ts';
import { SENSITIVE } from './words.ts';

const PATTERNS = Object.values(SENSITIVE).flat();
const EXACT = phrases(PATTERNS);

/** Letters by which a text with the pattern is found: those of its longest word, as rare as can be. */
function stemsOf(pattern: string): Stem[] {
  const words = pattern
    .trim()
    .split(/\s+/)
    .filter((word) => !/[?~#]$/.test(word))
    .map((word) => word.split('|').map((one) => plainWord(one.replace('*', ''))));
  const shortest = (alternatives: readonly string[]) => Math.min(...alternatives.map(({ length }) => length));
  const [rarest = []] = words.sort((a, b) => shortest(b) - shortest(a));
  return rarest.map((letters) => ({ letters, bit: 1 }));
}

/** Looks at every text once, without a copy; nearly all end here. */
const scan = createScan(PATTERNS.flatMap(stemsOf));

/**
 * Does a text touch health, politics, religion, a union, sexuality or origin? Then nothing of it is
 * read or shown: it counts in volume only. Whose matter it is, is not asked: that would be a guess.
 */
export function isSensitive(text: string): boolean {
  return scan(text) !== 0 && EXACT.test(plain(text));
}
