import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLinearLabeller, type LinearLabeller } from './linear.ts';
import type { Label } from './port.ts';

const labeller: LinearLabeller = createLinearLabeller();
const of = (text: string, lang?: string): Label => labeller.label([{ text, lang }])[0] as Label;

describe('createLinearLabeller', () => {
  it('labels plain posts in its six languages', () => {
    for (const [text, label, lang] of [
      ['I love this so much, thank you!', 'positive', 'en'],
      ['Worst service ever, I am so disappointed', 'negative', 'en'],
      ["J'adore !", 'positive', 'fr'],
      ['Le service client ne répond jamais, honteux', 'negative', 'fr'],
      ['Où est le magasin ?', 'neutral', 'fr'],
      ['Das ist leider kaputt', 'negative', 'de'],
      ['Me encanta este perfume', 'positive', 'es'],
      ['Non mi piace per niente', 'negative', 'it'],
      ['Amei demais, muito obrigada', 'positive', 'pt'],
    ] as const)
      expect({ text, ...of(text) }).toMatchObject({ text, label, lang, model: 'fanfare-linear-1' });
  });

  it('turns with a negation', () => {
    expect(of('it is good', 'en').label).toBe('positive');
    expect(of('it is not good', 'en').label).toBe('negative');
    expect(of("j'aime ce parfum", 'fr').label).toBe('positive');
    expect(of("je n'aime pas ce parfum", 'fr').label).toBe('negative');
  });

  it('believes the tag: another language is unknown, a broken tag is not', () => {
    expect(of('I love this', 'ja')).toMatchObject({ label: 'unknown', confidence: 0, lang: 'ja' });
    expect(of('I love this so much', '??')).toMatchObject({ label: 'positive', lang: 'en' });
    expect(of('Ik vind het heel mooi en ik wil er nog een')).toMatchObject({ label: 'unknown', lang: 'nl' });
  });

  it('reads emoji alone without a language, and nothing out of nothing', () => {
    expect(of('😍😍')).toMatchObject({ label: 'positive', lang: 'und' });
    expect(of('😡')).toMatchObject({ label: 'negative', lang: 'und' });
    for (const text of ['', '   ', '\u200b\u200f', '@someone https://a.b', '\ud83d', '12345', '...'])
      expect(of(text)).toMatchObject({ label: 'unknown', confidence: 0 });
    expect(of('', 'en')).toMatchObject({ label: 'unknown', lang: 'en' });
  });

  it('never crashes, and says the same again alone or in company', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({
        unit: fc.integer({ min: 0, max: 0xffff }).map((u) => String.fromCharCode(u)),
        maxLength: 300,
      }),
      fc
        .array(
          fc.constantFrom('good', 'nul', 'ne', 'pas', '😂', '\u200f', '\ud800', 'مرحبا', '!!!', '@x', ':)'),
        )
        .map((a) => a.join(' ')),
    );
    const input = fc.record({
      text,
      lang: fc.option(fc.constantFrom('en', 'fr', 'xx', 'ja', ''), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(input, { maxLength: 5 }), (inputs) => {
        const labels = labeller.label(inputs);
        expect(labels).toEqual(inputs.map((one) => labeller.label([one])[0]));
        for (const { label, confidence } of labels) {
          expect(['positive', 'neutral', 'negative', 'unknown']).toContain(label);
          expect(confidence >= 0 && confidence <= 1).toBe(true);
          expect(label === 'unknown').toBe(confidence === 0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('bounds the work for one text', () => {
    const nasty = ['a', '😂', '!', 'é ', '\u200b', 'ab ', '\ud800', ':)', '1.', 'http://', '@a', '#'].map(
      (unit) => unit.repeat(10_000),
    );
    for (let round = 0; round < 20; round++) labeller.label(nasty.map((text) => ({ text, lang: 'fr' })));
    for (const text of nasty) {
      const before = process.cpuUsage();
      for (let round = 0; round < 20; round++) labeller.label([{ text }]);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 20_000, JSON.stringify(text.slice(0, 4))).toBeLessThan(5);
    }
  });
});
