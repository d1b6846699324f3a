import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXCERPT_LIMITS } from '@fanfare/contract';
import { cutExcerpt } from './cut.ts';

const count = (text: string) => [...new Intl.Segmenter('und').segment(text)].length;

describe('the excerpt of a text', () => {
  it('is the whole text when it is short, without white space around it', () => {
    expect(cutExcerpt(" \u00a0J'adore !\n")).toBe("J'adore !");
    expect(cutExcerpt('   ')).toBe('');
    expect(cutExcerpt('a'.repeat(280))).toBe('a'.repeat(280));
  });

  it('is cut after 279 graphemes and an ellipsis when it is long', () => {
    expect(cutExcerpt('a'.repeat(281))).toBe(`${'a'.repeat(279)}…`);
    expect(count(cutExcerpt('mot '.repeat(200)))).toBeLessThanOrEqual(280);
  });

  it.each([
    ['a family', '👨‍👩‍👧‍👦'],
    ['a flag', '🇫🇷'],
    ['a letter with its accent apart', 'e\u0301'],
    ['a skin tone', '👍🏽'],
  ])('never cuts %s in two', (_name, grapheme) => {
    const cut = cutExcerpt(grapheme.repeat(300));
    const whole = cut.slice(0, -1);
    expect(cut.at(-1)).toBe('…');
    expect(whole).toBe(grapheme.repeat(whole.length / grapheme.length));
    expect(Number.isInteger(whole.length / grapheme.length)).toBe(true);
    expect(count(cut)).toBeLessThanOrEqual(EXCERPT_LIMITS.graphemes);
  });

  it('keeps 280 graphemes of two units each', () => {
    expect(cutExcerpt('é'.normalize('NFD').repeat(280))).toBe('é'.normalize('NFD').repeat(280));
  });

  it('does not grow with marks piled on one letter', () => {
    expect(cutExcerpt(`z${'\u0335'.repeat(9_000)}`)).toBe('…');
    expect(cutExcerpt(`ab${'\u0335'.repeat(9_000)}`)).toBe('a…');
  });

  it('is well formed, short and a beginning of the text, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 900, size: 'max' }), (text) => {
        const cut = cutExcerpt(text);
        expect(cut.isWellFormed()).toBe(true);
        expect(cut.length).toBeLessThanOrEqual(1_121);
        expect(count(cut)).toBeLessThanOrEqual(EXCERPT_LIMITS.graphemes);
        expect(text.trim().startsWith(cut.endsWith('…') ? cut.slice(0, -1) : cut)).toBe(true);
      }),
    );
  });
});
