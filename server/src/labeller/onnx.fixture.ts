import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Field numbers and types are those of onnx.proto3 (IR version 8, operator set 13). */
const FLOAT = 1;
const INT64 = 7;
const INTS = 7;

function varint(value: number): number[] {
  const out: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) out.push((rest % 128) | 128);
  return [...out, rest];
}
const number = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)];
const bytes = (field: number, content: readonly number[]): number[] => [
  ...varint(field * 8 + 2),
  ...varint(content.length),
  ...content,
];
const string = (field: number, text: string): number[] => bytes(field, [...new TextEncoder().encode(text)]);

function value(name: string, type: number, dims: readonly string[]): number[] {
  const shape = dims.flatMap((dim) => bytes(1, /^\d+$/.test(dim) ? number(1, Number(dim)) : string(2, dim)));
  return [...string(1, name), ...bytes(2, bytes(1, [...number(1, type), ...bytes(2, shape)]))];
}

function node(type: string, inputs: readonly string[], output: string, attribute: number[] = []): number[] {
  return [
    ...inputs.flatMap((input) => string(1, input)),
    ...string(2, output),
    ...string(4, type),
    ...attribute,
  ];
}

/** A text classifier in a few hundred bytes: looks every token's row up and takes the mean of the rows as logits. */
export function tinyModel(rows: readonly (readonly number[])[], input = 'input_ids'): Uint8Array {
  const width = rows[0]?.length ?? 0;
  const raw = [...new Uint8Array(Float32Array.from(rows.flat()).buffer)];
  const table = [...number(1, rows.length), ...number(1, width), ...number(2, FLOAT), ...string(8, 'table')];
  const axes = bytes(5, [...string(1, 'axes'), ...number(8, 1), ...number(20, INTS)]);
  const flat = bytes(5, [...string(1, 'keepdims'), ...number(3, 0), ...number(20, 2)]);
  const graph = [
    ...bytes(1, node('Gather', ['table', input], 'found')),
    ...bytes(1, node('ReduceMean', ['found'], 'logits', [...axes, ...flat])),
    ...string(2, 'tiny'),
    ...bytes(5, [...table, ...bytes(9, raw)]),
    ...bytes(11, value(input, INT64, ['batch', 'length'])),
    ...bytes(11, value('attention_mask', INT64, ['batch', 'length'])),
    ...bytes(12, value('logits', FLOAT, ['batch', String(width)])),
  ];
  return Uint8Array.from([
    ...number(1, 8),
    ...bytes(7, graph),
    ...bytes(8, [...string(1, ''), ...number(2, 13)]),
  ]);
}

/** A WordPiece tokenizer over the given words, as `tokenizer.json` holds it. */
export function tinyTokenizer(words: readonly string[]): object {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: null,
    decoder: null,
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(words.map((word, i) => [word, i])),
    },
  };
}

/** Writes files into a new temporary folder and returns its path; objects as JSON. */
export function folderWith(files: Readonly<Record<string, Uint8Array | object | string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'fanfare-onnx-'));
  for (const [name, content] of Object.entries(files)) {
    const raw = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(join(folder, name), raw ? content : JSON.stringify(content));
  }
  return folder;
}
