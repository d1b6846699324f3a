/** First letters of words, and the bits that tell which rules want to look closer. */
export interface Stem {
  /** Small letters without accents and runs, at least three. */
  readonly letters: string;
  readonly bit: number;
}

const PRIME = 16_777_619;
const BASIS = -2_128_831_035;
const SIZE = 65_536;
const LATIN = 0x250;

/** Code of the plain small letter each Latin letter stands for; 0 for what is none. */
const LETTER = new Uint8Array(LATIN);
for (let code = 0; code < LATIN; code++) {
  const [letter = ''] = String.fromCharCode(code).toLowerCase().normalize('NFKD');
  LETTER[code] = /[a-z0-9]/.test(letter) ? letter.charCodeAt(0) : 0;
}
const [O, E] = ['o'.charCodeAt(0), 'e'.charCodeAt(0)];

const mix = (hash: number, code: number): number => Math.imul(hash ^ code, PRIME);
const slot = (hash: number): number => ((hash >>> 16) ^ hash) & (SIZE - 1);

/**
 * Made once, asked for every text: do any words begin with one of the stems? One pass over the
 * letters, no copy of the text. @returns the bits of all that were found, 0 for most texts
 */
export function createScan(stems: readonly Stem[]): (text: string) => number {
  const table = new Map<number, number>();
  const maybe = new Uint8Array(SIZE);
  for (const { letters, bit } of stems) {
    let hash = BASIS;
    for (let i = 0; i < letters.length; i++) hash = mix(hash, letters.charCodeAt(i));
    table.set(hash, (table.get(hash) ?? 0) | bit);
    maybe[slot(hash)] = 1;
  }
  return (text) => {
    let found = 0;
    let hash = BASIS;
    let before = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const letter = code < LATIN ? LETTER[code]! : 0;
      if (letter === 0) {
        // An accent of its own, and the letter œ.
        if (code >= 0x300 && code < 0x370) continue;
        if (code === 0x153 || code === 0x152) {
          hash = mix(before === O ? hash : mix(hash, O), (before = E));
          continue;
        }
        hash = BASIS;
        before = 0;
        continue;
      }
      if (letter === before && letter > 57) continue;
      before = letter;
      hash = mix(hash, letter);
      if (maybe[slot(hash)] === 1) found |= table.get(hash) ?? 0;
    }
    return found;
  };
}
