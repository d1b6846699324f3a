import { createLexicon, type Lexicon, type Lexicons } from './lexicon.ts';

/** Everything a linear model needs, as read from its one file. */
export interface Weights {
  readonly model: string;
  /** Number of slots is 2^bits. */
  readonly bits: number;
  /** `slots[2i]` and `slots[2i+1]`: how far slot i speaks for negative and positive rather than neutral. */
  readonly slots: Int8Array;
  /** What one step of a slot is worth, in logits. */
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
}

const MAGIC = 0x4c464146;

/**
 * Packs a model: magic number, length of the header, header (JSON, padded to 4 bytes), the keys of every
 * lexicon (uint32), their two score columns (int8), the slots (int8). All little-endian.
 */
export function packWeights(weights: Weights): Uint8Array {
  const lists: [string, Lexicon][] = [...weights.lexicons.words, ['signs', weights.lexicons.signs]];
  const { model, bits, unit, scales, langScale, temperature, threshold } = weights;
  const header: Header = {
    model,
    bits,
    unit,
    scales,
    langScale,
    temperature,
    threshold,
    lexicons: lists.map(([name, list]) => [name, list.keys.length]),
  };
  const json = JSON.stringify(header);
  const head = new TextEncoder().encode(json.padEnd(Math.ceil(json.length / 4) * 4));
  const entries = lists.reduce((sum, [, list]) => sum + list.keys.length, 0);
  const out = new Uint8Array(8 + head.length + entries * 6 + weights.slots.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, head.length, true);
  out.set(head, 8);
  let at = 8 + head.length;
  for (const [, list] of lists)
    for (const key of list.keys) {
      view.setUint32(at, key, true);
      at += 4;
    }
  for (const [, list] of lists)
    for (const column of [list.first, list.second]) {
      out.set(new Uint8Array(column.buffer, column.byteOffset, column.length), at);
      at += column.length;
    }
  out.set(new Uint8Array(weights.slots.buffer, weights.slots.byteOffset, weights.slots.length), at);
  return out;
}

/** Reads what `packWeights` wrote. Throws an Error that names the fault when the bytes are not such a file. */
export function unpackWeights(bytes: Uint8Array): Weights {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || view.getUint32(0, true) !== MAGIC) throw new Error('not a Fanfare model file');
  const size = view.getUint32(4, true);
  if (8 + size > bytes.length) throw new Error('the model file is cut short');
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + size))) as Header;
  const entries = header.lexicons.reduce((sum, [, count]) => sum + count, 0);
  const slotBytes = 2 << header.bits;
  if (bytes.length !== 8 + size + entries * 6 + slotBytes) throw new Error('the model file is cut short');
  // A copy, because typed columns need aligned memory (and a Buffer's own slice would share its pool).
  const copy = new Uint8Array(bytes.subarray(8 + size)).buffer;
  let keyAt = 0;
  let scoreAt = entries * 4;
  const words = new Map<string, Lexicon>();
  for (const [name, count] of header.lexicons) {
    const keys = new Uint32Array(copy, keyAt, count);
    const first = new Int8Array(copy, scoreAt, count);
    const second = new Int8Array(copy, scoreAt + count, count);
    words.set(name, createLexicon(keys, first, second));
    keyAt += count * 4;
    scoreAt += count * 2;
  }
  const signs = words.get('signs');
  if (signs === undefined) throw new Error('the model file has no emoji list');
  words.delete('signs');
  return { ...header, slots: new Int8Array(copy, scoreAt, slotBytes), lexicons: { words, signs } };
}
