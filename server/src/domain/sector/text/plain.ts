const MARKS = /\p{M}+/gu;
const SICK = /[\u{1F922}\u{1F92E}]/gu;
const STOPS = /[.!;:…\n]+/g;
const OTHERS = /[^a-z0-9 .?]+/g;
const RUNS = /([a-z])\1+/g;
const GAPS = / {2,}/g;

/**
 * A text as rules read it: small letters without accents, each run of one letter as one (so that
 * “nauséeee” and “vomisement” are the words they stand for), words between single spaces, sentences
 * ended by ` . ` or ` ? `. Begins and ends with a space.
 */
export function plain(text: string): string {
  const letters = text.toLowerCase().normalize('NFKD').replace(MARKS, '').replaceAll('œ', 'oe');
  const words = letters
    .replace(SICK, ' emojisick ')
    .replaceAll('?', ' ? ')
    .replace(STOPS, ' . ')
    .replace(OTHERS, ' ')
    .replace(RUNS, '$1');
  return ` ${words} `.replace(GAPS, ' ');
}

/** The same for one word of a rule. */
export function plainWord(word: string): string {
  return plain(word).trim();
}
