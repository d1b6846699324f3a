import { plainWord } from './plain.ts';

const LETTERS = /[\p{L}\p{N}]+/gu;
const GAP = '(?:[^ .?]+ ){0,5}';

/**
 * One pattern of a rule as a regular expression over a text made plain. Words stand between spaces;
 * `a|b` is either, `vomi*` any ending, `word?` one that may be missing, `~` up to five words of the
 * same sentence, `#` one word, whatever it is.
 */
function phraseSource(pattern: string): string {
  const words = pattern
    .trim()
    .split(/\s+/)
    .map((word): string => {
      if (word === '~') return GAP;
      if (word === '#') return '(?:[^ .?]+ )?';
      const optional = word.endsWith('?');
      const source = `(?:${(optional ? word.slice(0, -1) : word)
        .replace(LETTERS, plainWord)
        .replaceAll('*', '[a-z0-9]*')}) `;
      return optional ? `(?:${source})?` : source;
    });
  return words.join('');
}

/** One expression for many patterns. @param flags `g` where all are to be replaced */
export function phrases(patterns: readonly string[], flags = ''): RegExp {
  // The space before a word is looked at, not taken: it ends the word before.
  return new RegExp(`(?<= )(?:${patterns.map(phraseSource).join('|')})`, flags);
}
