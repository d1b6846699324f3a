import { step } from '../../hash.ts';

/** Slots a feature can fall into: a power of two. */
export const SLOTS = 1 << 17;

const BASIS = 0x811c9dc5;
const MIN = 3;
const MAX = 6;
/** Letters of one text that are read: a comment longer than this has said what it says. */
const MOST = 2_000;

/** Slots of one text, each once: words and pairs of words, then runs of letters. */
export interface Grams {
  readonly slots: Uint32Array;
  /** How many of them are words and pairs. */
  words: number;
  count: number;
}

function slotOf(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) & (SLOTS - 1);
}

/** Hash of a word, kept apart from runs of the same letters. */
function hashOf(word: string): number {
  let hash = BASIS ^ 7;
  for (let i = 0; i < word.length; i++) hash = step(hash, word.charCodeAt(i));
  return hash;
}

/**
 * Reads a text made plain (`plain`) into hashed slots: words, pairs of neighbours, and runs of 3 to 6
 * letters, across words too. Memory is used again from call to call.
 */
export function createGrams(): (said: string, unread: ReadonlySet<string>) => Grams {
  const stamps = new Int32Array(SLOTS);
  const grams: Grams = { slots: new Uint32Array(SLOTS), words: 0, count: 0 };
  let stamp = 0;
  const add = (hash: number): void => {
    const slot = slotOf(hash);
    if (stamps[slot] === stamp) return;
    stamps[slot] = stamp;
    grams.slots[grams.count++] = slot;
  };
  return (said, unread) => {
    stamp = (stamp + 1) | 0;
    grams.count = 0;
    const words = said.slice(0, MOST).split(' ');
    const read = words.filter((word) => word !== '' && !unread.has(word));
    let last = BASIS;
    for (const word of read) {
      const hash = hashOf(word);
      add(hash);
      add(Math.imul(last ^ 0x9e3779b9, 0x85ebca6b) ^ hash);
      last = hash;
    }
    grams.words = grams.count;
    const text = ` ${read.join(' ')} `;
    for (let from = 0; from + MIN <= text.length; from++) {
      let hash = BASIS;
      for (let at = from; at < from + MAX && at < text.length; at++) {
        hash = step(hash, text.charCodeAt(at));
        if (at - from >= MIN - 1) add(hash);
      }
    }
    return grams;
  };
}
