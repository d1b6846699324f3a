import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { detectLanguage, languageOfTag } from './language.ts';
import { MODEL_FILE } from './linear.ts';
import { createGuesser } from './vocabulary.ts';
import { unpackWeights } from './weights.ts';

describe('languageOfTag', () => {
  it('takes the primary subtag of a tag', () => {
    for (const [tag, lang] of [
      ['pt-BR', 'pt'],
      ['fr_FR', 'fr'],
      ['EN', 'en'],
      ['eng', 'en'],
      ['zh-Hant-TW', 'zh'],
    ] as const)
      expect(languageOfTag(tag)).toBe(lang);
  });

  it('leaves the detector to it when the tag names no language', () => {
    for (const tag of [
      undefined,
      '',
      'und',
      'zxx',
      'qme',
      'xx-invalid-',
      '!!',
      'english',
      'zq',
      '\ud800',
      'e'.repeat(99),
    ])
      expect(languageOfTag(tag)).toBe('und');
  });
});

describe('createGuesser', () => {
  const guess = createGuesser(unpackWeights(readFileSync(MODEL_FILE)).vocabulary);

  it('knows plain sentences in the six languages, short ones too', () => {
    expect(guess('I really do not know what you want from me')).toBe('en');
    expect(guess('je ne sais pas ce que vous voulez dire avec ça')).toBe('fr');
    expect(guess('ich weiß nicht, was ihr damit meint')).toBe('de');
    expect(guess("J'adore !")).toBe('fr');
    expect(guess('muchas gracias')).toBe('es');
  });

  it('says nothing of other languages', () => {
    for (const text of [
      'Ik vind het heel mooi en ik wil er nog een',
      'Jag tycker att det är en bra idé men jag vet inte',
      'Nie wiem, co o tym sądzić, ale jest dobrze',
      'Mi és a teva casa i no vull sortir del llit avui',
      'مرحبا كيف حالك اليوم',
      '今日はとても良い天気です',
      '',
    ])
      expect(guess(text)).toBeUndefined();
  });
});

describe('detectLanguage', () => {
  it('says which other language it is, and und when there is nothing to read', () => {
    expect(detectLanguage('Ik vind het heel mooi en ik wil er nog een')).toBe('nl');
    expect(detectLanguage('@a http://b.c 123 😂')).toBe('und');
  });
});
