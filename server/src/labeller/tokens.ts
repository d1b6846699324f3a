/** Kinds of token. */
export const WORD = 0;
export const MARK = 1;
export const EMOJI = 2;
export const EMOTICON = 3;
export const MENTION = 4;
export const LINK = 5;
export const NUMBER = 6;

/** Only this many UTF-16 code units of a text are read: bounds the work for one text. */
export const MAX_READ = 2000;

/** The tokens of one text, as columns; the memory is used again for the next text. */
export interface Tokens {
  count: number;
  readonly kind: Uint8Array;
  /** Unfinished FNV-1a hash of the folded token. */
  readonly hash: Int32Array;
  /** Where the folded word starts and ends in `chars`. */
  readonly start: Uint16Array;
  readonly end: Uint16Array;
  readonly chars: Uint16Array;
  /** 1 for a word in capitals (two letters at least), or a mark that is repeated. */
  readonly loud: Uint8Array;
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
    loud: new Uint8Array(size),
    stretched: new Uint8Array(size),
    tagged: new Uint8Array(size),
  };
}
