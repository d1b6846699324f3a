import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createLinearLabeller } from './linear.ts';
import { createThreadedLabeller } from './threaded.ts';

const WORDS = [
  'J’adore',
  'nul',
  'love it',
  'pas mal du tout',
  '😍',
  'schlecht',
  'ありがとう',
  '\ud83d',
  '12',
];
const textsOf = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => ({
    text: `${WORDS[(from + i) % WORDS.length]} ${WORDS[(from + i * 7) % WORDS.length]} ${i}`,
    ...(i % 3 === 0 ? { lang: 'fr' } : {}),
  }));
const here = createLinearLabeller();

describe('createThreadedLabeller', () => {
  it('says what the model says, in order, however many ask at once', async () => {
    const labeller = createThreadedLabeller();
    const batches = [400, 32, 2_000, 31, 1, 400, 400, 400, 400].map(textsOf);
    const labels = await Promise.all(batches.map(async (texts) => labeller.label(texts)));
    expect(labels).toEqual(batches.map((texts) => here.label(texts)));
    expect(labeller.model).toBe(here.model);
  });

  it('goes on in another thread than this one with many texts, and here with few', async () => {
    const labeller = createThreadedLabeller();
    expect(labeller.label(textsOf(31))).toEqual(here.label(textsOf(31)));
    expect(labeller.label(textsOf(32))).toBeInstanceOf(Promise);
  });

  it('keeps a process alive until it has answered, and no longer', async () => {
    const program = `
      import { createThreadedLabeller } from ${JSON.stringify(new URL('./threaded.ts', import.meta.url).href)};
      const texts = Array.from({ length: 100 }, () => ({ text: 'I love this' }));
      console.log((await createThreadedLabeller().label(texts)).length);`;
    const flags = ['--input-type=module', '--eval', program];
    const { stdout } = await promisify(execFile)(process.execPath, flags, { timeout: 30_000 });
    expect(stdout.trim()).toBe('100');
  });

  it.each(['throw new Error("lost")', 'process.exit(1)', 'syntax error'])(
    'labels here when the thread is lost: %s',
    async (source) => {
      const labeller = createThreadedLabeller(new URL(`data:text/javascript,${encodeURIComponent(source)}`));
      const texts = textsOf(100);
      expect(await labeller.label(texts)).toEqual(here.label(texts));
      expect(labeller.label(texts)).not.toBeInstanceOf(Promise);
    },
  );
});
