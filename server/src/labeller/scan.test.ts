import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScanner } from './scan.ts';
import { EMOJI, EMOTICON, LINK, MARK, MENTION, NUMBER, WORD, MAX_READ } from './tokens.ts';

const scan = createScanner();

/** Kind and folded letters of each token. */
function read(text: string, join = false): [number, string][] {
  const tokens = scan(text, join);
  return Array.from({ length: tokens.count }, (_, i) => [
    tokens.kind[i] ?? -1,
    String.fromCharCode(...tokens.chars.subarray(tokens.start[i], tokens.end[i])),
  ]);
}
const kinds = (text: string): number[] => read(text).map(([kind]) => kind);
const words = (text: string, join = false): string[] => read(text, join).map(([, word]) => word);

describe('createScanner', () => {
  it('folds case and accents', () => {
    expect(words('DÉÇU façon Über')).toEqual(['decu', 'facon', 'uber']);
    expect(words('de\u0301cu')).toEqual(['decu']);
  });

  it('cuts a run of letters to two and says so', () => {
    expect(words('sooooo')).toEqual(['soo']);
    expect(scan('sooooo good', false).stretched.slice(0, 2)).toEqual(Uint8Array.of(1, 0));
  });

  it('keeps English contractions whole and splits French elisions', () => {
    expect(words("don't", true)).toEqual(['dont']);
    expect(words('n’est', false).filter((w) => w !== '')).toEqual(['n', 'est']);
  });

  it('tells links, mentions, numbers, marks, emoticons, emoji and tags', () => {
    expect(kinds('https://a.b/c @someone 12,5 !!! :-) 😡 ok')).toEqual([
      LINK,
      MENTION,
      NUMBER,
      MARK,
      EMOTICON,
      EMOJI,
      WORD,
    ]);
    expect(scan('#bravo', false).tagged[0]).toBe(1);
    expect(kinds('XD')).toEqual([EMOTICON]);
    expect(kinds('expert')).toEqual([WORD]);
  });

  it('passes over skin tones, joiners and zero-width signs', () => {
    expect(kinds('👍🏽')).toEqual([EMOJI]);
    expect(words('nu\u200bl')).toEqual(['nul']);
    expect(kinds('\u200b\u200e\ufe0f')).toEqual([]);
  });

  it('reads any string, and at most the first units of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), fc.boolean(), (text, join) => {
        const tokens = scan(text, join);
        expect(tokens.count).toBeLessThanOrEqual(MAX_READ);
        expect(read(text, join)).toEqual(read(text.slice(0, MAX_READ), join));
      }),
      { numRuns: 200 },
    );
    expect(scan('\ud83d', false).count).toBe(0);
    expect(scan('a '.repeat(5000), false).count).toBe(MAX_READ / 2);
  });
});
