import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordHash } from './cues.ts';
import { createExtractor } from './features.ts';
import { finish } from '../domain/hash.ts';
import { createLexicon, type Lexicons } from './lexicon.ts';

const none = createLexicon(new Uint32Array(), new Int8Array(), new Int8Array());
const entries: readonly [string, number][] = [
  ['good', 60],
  ['awful', -80],
];
const list = createLexicon(
  Uint32Array.from(entries, ([word]) => finish(wordHash(word))),
  Int8Array.from(entries, ([, score]) => score),
  Int8Array.from(entries, () => 0),
);
const lexicons: Lexicons = { words: new Map([['en', list]]), signs: none };
const extract = createExtractor(lexicons);

function idsOf(text: string, lang = 'en'): number[] {
  const features = extract(text, lang);
  return [...features.ids.subarray(0, features.count)];
}

describe('createExtractor', () => {
  it('gives each feature once', () => {
    const ids = idsOf('good good good awful good');
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('counts character n-grams of three to five within the edges of a word', () => {
    const features = extract('abc', 'de');
    // _ab abc bc_, _abc abc_, _abc_
    expect(features.chars - features.words).toBe(6);
  });

  it('marks words after a negation, in the language of the text', () => {
    const plain = new Set(idsOf('it is good'));
    const negated = idsOf('it is not good').filter((id) => !plain.has(id));
    const german = idsOf('it is not good', 'de');
    expect(negated.length).toBeGreaterThan(idsOf('it is so good').filter((id) => !plain.has(id)).length);
    expect(german).not.toEqual(idsOf('it is not good'));
  });

  it('ends the reach of a negation at a mark', () => {
    const through = new Set(idsOf('no good'));
    expect(idsOf('no, good').filter((id) => through.has(id)).length).toBeLessThan(through.size);
  });

  it('is the same again, whatever was read before', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (before, text) => {
        const first = idsOf(text);
        idsOf(before, 'fr');
        expect(idsOf(text)).toEqual(first);
        expect(createExtractor(lexicons)(text, 'en').count).toBe(first.length);
      }),
      { numRuns: 100 },
    );
  });
});
