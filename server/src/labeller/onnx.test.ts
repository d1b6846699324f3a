import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createLabeller } from './create.ts';
import { folderWith, tinyModel, tinyTokenizer } from './onnx.fixture.ts';
import { chancesOf, createOnnxLabeller } from './onnx.ts';

const WORDS = ['[PAD]', '[UNK]', 'good', 'bad', 'shop', 'the', '##s'];
/** Logits of each word: negative, neutral, positive. */
const ROWS = [
  [0, 0, 0],
  [0, 1, 0],
  [-2, 0, 6],
  [6, 0, -2],
  [0, 2, 0],
  [0, 0, 0],
  [0, 0, 0],
];
const folders: string[] = [];

function model(files: Readonly<Record<string, Uint8Array | object | string>>): string {
  const folder = folderWith(files);
  folders.push(folder);
  return join(folder, 'tiny.onnx');
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('createOnnxLabeller', () => {
  it('labels in order, in batches of different lengths, with the name and hash of the model', async () => {
    const path = model({ 'tiny.onnx': tinyModel(ROWS), 'tokenizer.json': tinyTokenizer(WORDS) });
    const labeller = await createOnnxLabeller({ modelPath: path });
    const texts = Array.from({ length: 40 }, (_, i) => ({
      text: ['good', 'bad bad', 'the shops'][i % 3] ?? '',
      lang: 'en',
    }));
    const labels = await labeller.label(texts);
    expect(labels.map((l) => l.label)).toEqual(
      texts.map((_, i) => ['positive', 'negative', 'neutral'][i % 3] ?? ''),
    );
    expect(labeller.model).toMatch(/^tiny@[0-9a-f]{12}$/);
    expect(labels[0]).toMatchObject({ lang: 'en', model: labeller.model });
    // Alone: this model's mean takes no notice of the mask, so padding would dilute it.
    const [alone] = await labeller.label([{ text: 'good', lang: 'en' }]);
    expect(alone?.confidence).toBeCloseTo(1 / (1 + Math.exp(-6) + Math.exp(-8)), 3);
  });

  it('reads the order of the classes from config.json', async () => {
    const config = { id2label: { 0: 'POSITIVE', 1: 'neutral', 2: 'Negative' } };
    const path = model({
      'tiny.onnx': tinyModel(ROWS),
      'tokenizer.json': tinyTokenizer(WORDS),
      'config.json': config,
    });
    const labeller = await createLabeller({ sentimentModel: path });
    expect(await labeller.label([{ text: 'good', lang: 'en' }])).toMatchObject([{ label: 'negative' }]);
  });

  it('takes a model with two classes to be neutral when it is not sure', async () => {
    const rows = ROWS.map(([negative = 0, , positive = 0]) => [negative, positive]);
    const path = model({ 'tiny.onnx': tinyModel(rows), 'tokenizer.json': tinyTokenizer(WORDS) });
    const labeller = await createOnnxLabeller({ modelPath: path });
    const labels = await labeller.label(['good', 'bad', 'good bad'].map((text) => ({ text, lang: 'en' })));
    expect(labels.map((l) => l.label)).toEqual(['positive', 'negative', 'neutral']);
  });

  it('does not guess other languages, empty texts or broken ones', async () => {
    const path = model({ 'tiny.onnx': tinyModel(ROWS), 'tokenizer.json': tinyTokenizer(WORDS) });
    const labeller = await createOnnxLabeller({ modelPath: path });
    const texts = [
      { text: 'good', lang: 'ja' },
      { text: '', lang: 'en' },
      { text: '\ud800\udc00\ud800 good', lang: 'en' },
      { text: 'good '.repeat(5000), lang: 'en' },
    ];
    const labels = await labeller.label(texts);
    expect(labels.map((l) => l.label)).toEqual(['unknown', 'unknown', 'positive', 'positive']);
  });

  it('says at the start what is wrong', async () => {
    const tokenizer = tinyTokenizer(WORDS);
    const start = (files: Readonly<Record<string, Uint8Array | object | string>>) =>
      createOnnxLabeller({ modelPath: model(files) });
    await expect(createOnnxLabeller({ modelPath: '/nowhere/x.onnx' })).rejects.toThrow(/no file \/nowhere/);
    await expect(start({ 'tiny.onnx': tinyModel(ROWS) })).rejects.toThrow(/tokenizer .* is missing/);
    await expect(start({ 'tiny.onnx': 'hello', 'tokenizer.json': tokenizer })).rejects.toThrow(/not a model/);
    await expect(start({ 'tiny.onnx': tinyModel(ROWS), 'tokenizer.json': '{' })).rejects.toThrow(/not JSON/);
    const other = tinyModel(ROWS, 'pixels');
    await expect(start({ 'tiny.onnx': other, 'tokenizer.json': tokenizer })).rejects.toThrow(/input_ids/);
    const four = tinyModel(ROWS.map((row) => [...row, 0]));
    await expect(start({ 'tiny.onnx': four, 'tokenizer.json': tokenizer })).rejects.toThrow(/4 classes/);
    const config = { id2label: { 0: 'cat', 1: 'dog', 2: 'cow' } };
    const files = { 'tiny.onnx': tinyModel(ROWS), 'tokenizer.json': tokenizer, 'config.json': config };
    await expect(start(files)).rejects.toThrow(/"cat"/);
  });
});

describe('chancesOf', () => {
  it('sums five stars into three classes', () => {
    const [negative, neutral, positive] = chancesOf([0, 0, 0, 0, 0], [0, 0, 1, 2, 2]);
    expect([negative, neutral, positive].map((x) => Math.round(x * 10))).toEqual([4, 2, 4]);
  });
});
