import { LANGUAGES } from './languages.ts';
import { createLexicon, type Lexicon, type Lexicons } from './lexicon.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Everything a linear model needs, as read from its one file. */
export interface Weights {
  readonly model: string;
  /** Number of slots is 2^bits. */
  readonly bits: number;
  /** `slots[2i]`, `slots[2i+1]`: how far slot i speaks for negative, positive rather than neutral; q is q·|q| units. */
  readonly slots: Int8Array;
  /** What one unit is worth, in logits. */
  readonly unit: number;
  /** Weight of a word, a character and another feature, before division by the root of their number. */
  readonly scales: readonly [number, number, number];
  /** Weight of a feature's copy for the language, beside the copy all languages share. */
  readonly langScale: number;
  /** Logits are divided by this before they become probabilities (calibration). */
  readonly temperature: number;
  /** A label other than neutral with less confidence than this becomes neutral. */
  readonly threshold: number;
  readonly lexicons: Lexicons;
  /** Words by which a language is told at a glance. */
  readonly vocabulary: Vocabulary;
}

interface Header {
  readonly model: string;
  readonly bits: number;
  readonly unit: number;
  readonly scales: readonly [number, number, number];
  readonly langScale: number;
  readonly temperature: number;
  readonly threshold: number;
  /** Lexicons in file order: name (`signs` for emoji and emoticons) and number of entries. */
  readonly lexicons: readonly (readonly [string, number])[];
  /** Number of words in the vocabulary. */
  readonly vocabulary: number;
}

const MAGIC = 0x4c464146;

/**
 * Packs a model, little-endian: magic number, length of the header, header (JSON, padded to 4 bytes), the keys
 * (uint32) of every lexicon and of the vocabulary, the two score columns of every lexicon, the vocabulary's
 * scores, the slots (int8).
 */
export function packWeights(weights: Weights): Uint8Array {
  const { lexicons, vocabulary, slots, ...settings } = weights;
  const lists: [string, Lexicon][] = [...lexicons.words, ['signs', lexicons.signs]];
  const sizes = lists.map(([name, list]): [string, number] => [name, list.keys.length]);
  const header: Header = { ...settings, lexicons: sizes, vocabulary: vocabulary.keys.length };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const size = Math.ceil(json.length / 4) * 4;
  const columns = [
    ...lists.map(([, list]) => list.keys),
    vocabulary.keys,
    ...lists.flatMap(([, list]) => [list.first, list.second]),
    vocabulary.scores,
    slots,
  ];
  const out = new Uint8Array(columns.reduce((sum, column) => sum + column.byteLength, 8 + size));
  const view = new DataView(out.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, size, true);
  out.fill(0x20, 8, 8 + size);
  out.set(json, 8);
  let at = 8 + size;
  for (const column of columns) {
    if (column instanceof Uint32Array)
      for (const [i, key] of column.entries()) view.setUint32(at + 4 * i, key, true);
    else out.set(new Uint8Array(column.buffer, column.byteOffset, column.length), at);
    at += column.byteLength;
  }
  return out;
}

/** Reads what `packWeights` wrote. Throws an Error that names the fault when the bytes are not such a file. */
export function unpackWeights(bytes: Uint8Array): Weights {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || view.getUint32(0, true) !== MAGIC) throw new Error('not a Fanfare model file');
  const size = view.getUint32(4, true);
  if (8 + size > bytes.length) throw new Error('the model file is cut short');
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + size))) as Header;
  const { lexicons, vocabulary, ...settings } = header;
  const entries = lexicons.reduce((sum, [, count]) => sum + count, 0);
  const slotBytes = 2 << header.bits;
  if (bytes.length !== 8 + size + entries * 6 + vocabulary * (4 + LANGUAGES.length) + slotBytes)
    throw new Error('the model file is cut short');
  // A copy, because typed columns need aligned memory (and a Buffer's own slice would share its pool).
  const copy = new Uint8Array(bytes.subarray(8 + size)).buffer;
  let at = 0;
  const keysOf = (count: number): Uint32Array => new Uint32Array(copy, (at += count * 4) - count * 4, count);
  const bytesOf = (count: number): Int8Array => new Int8Array(copy, (at += count) - count, count);
  const keys = lexicons.map(([, count]) => keysOf(count));
  const words = keysOf(vocabulary);
  const lists = new Map<string, Lexicon>();
  for (const [i, [name, count]] of lexicons.entries())
    lists.set(name, createLexicon(keys[i] ?? new Uint32Array(), bytesOf(count), bytesOf(count)));
  const signs = lists.get('signs');
  if (signs === undefined) throw new Error('the model file has no emoji list');
  lists.delete('signs');
  return {
    ...settings,
    vocabulary: { keys: words, scores: bytesOf(vocabulary * LANGUAGES.length) },
    slots: bytesOf(slotBytes),
    lexicons: { words: lists, signs },
  };
}
