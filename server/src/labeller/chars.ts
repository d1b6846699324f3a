/** Character classes of the scanner. */
export const SPACE = 0;
export const LETTER = 1;
export const DIGIT = 2;
export const APOSTROPHE = 3;
export const PUNCT = 4;
export const SURROGATE = 5;
export const IGNORED = 6;
export const SYMBOL = 7;

const TABLE_END = 0x3000;

function classify(code: number, char: string): number {
  if (char === "'" || code === 0x2019 || code === 0x2bc || code === 0x60 || code === 0xb4) return APOSTROPHE;
  if (/[\p{M}\p{Cf}]/u.test(char) || (code < 0x20 && !/\s/.test(char))) return IGNORED;
  if (/\p{L}/u.test(char)) return LETTER;
  if (/\p{N}/u.test(char)) return DIGIT;
  if (/\p{P}/u.test(char) || /[+<=>^|~$]/.test(char)) return PUNCT;
  if (code >= 0x2190 && /\p{S}/u.test(char)) return SYMBOL;
  return SPACE;
}

const classes = new Uint8Array(TABLE_END);
const folds = new Uint16Array(TABLE_END);
const uppers = new Uint8Array(TABLE_END);
for (let code = 0; code < TABLE_END; code++) {
  const char = String.fromCharCode(code);
  classes[code] = classify(code, char);
  const lower = char.toLowerCase();
  const base = lower.normalize('NFD').charCodeAt(0);
  folds[code] = lower.length === 1 || base < 0x80 ? base : code;
  uppers[code] = lower === char ? 0 : 1;
}

/** The scanner's class of a UTF-16 code unit. */
export function classOf(code: number): number {
  if (code < TABLE_END) return classes[code] ?? SPACE;
  if (code >= 0xd800 && code <= 0xdfff) return SURROGATE;
  if (code >= 0xfe00 && code <= 0xfe0f) return IGNORED;
  if (code === 0xfeff || code >= 0xfff0 || code === 0x3000) return SPACE;
  return LETTER;
}

/** A UTF-16 code unit in lower case and without its accent: `É` becomes `e`. */
export function foldOf(code: number): number {
  return code < TABLE_END ? (folds[code] ?? code) : code;
}

/** 1 for a capital letter. */
export function isUpper(code: number): number {
  return uppers[code] ?? 0;
}
