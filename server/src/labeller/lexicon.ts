import { finish } from '../domain/hash.ts';

/** Scores of one entry in two lists, each -100 to 100 (0: not in that list). */
const EMPTY = 0;

/** A read-only table from token hash to the scores of up to two word lists. */
export interface Lexicon {
  /** Index of a token hash, or -1. */
  find(hash: number): number;
  readonly keys: Uint32Array;
  readonly first: Int8Array;
  readonly second: Int8Array;
}

/** Builds the lookup over parallel columns; `keys` are finished token hashes, none of them 0. */
export function createLexicon(keys: Uint32Array, first: Int8Array, second: Int8Array): Lexicon {
  let size = 16;
  while (size < keys.length * 3) size *= 2;
  const slots = new Int32Array(size).fill(-1);
  const mask = size - 1;
  for (let i = 0; i < keys.length; i++) {
    let slot = (keys[i] ?? EMPTY) & mask;
    while (slots[slot] !== -1) slot = (slot + 1) & mask;
    slots[slot] = i;
  }
  return {
    keys,
    first,
    second,
    find(hash) {
      const key = finish(hash);
      for (let slot = key & mask; ; slot = (slot + 1) & mask) {
        const index = slots[slot] ?? -1;
        if (index === -1 || keys[index] === key) return index;
      }
    },
  };
}

/** The word lists of the model: per language where there is one, and emoji and emoticons for all. */
export interface Lexicons {
  readonly words: ReadonlyMap<string, Lexicon>;
  readonly signs: Lexicon;
}
