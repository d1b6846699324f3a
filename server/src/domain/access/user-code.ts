/** Consonants alone: they spell no words, and none looks like a digit that is not there (RFC 8628 §6.1). */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const LENGTH = 8;
/** Bytes from here on are thrown away, so that every letter is equally likely. */
const FAIR = 256 - (256 % LETTERS.length);

/** A code to be typed: 8 letters, 20⁸ ≈ 2.6 × 10¹⁰ of them. @param random gives so many random bytes */
export function makeUserCode(random: (size: number) => Uint8Array): string {
  let code = '';
  while (code.length < LENGTH) {
    for (const byte of random(2 * LENGTH))
      if (byte < FAIR && code.length < LENGTH) code += LETTERS[byte % LETTERS.length]!;
  }
  return code;
}

/** The code in what a person typed, with or without hyphen, spaces and capitals; `null` when it is none. */
export function readUserCode(typed: string): string | null {
  if (typed.length > 64) return null;
  const code = typed.toUpperCase().replaceAll(/[\s\-\u2010-\u2015]/g, '');
  return code.length === LENGTH && [...code].every((letter) => LETTERS.includes(letter)) ? code : null;
}

/** XXXX-XXXX */
export function showUserCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
