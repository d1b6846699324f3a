import { describe, expect, it } from 'vitest';
import { isSensitive } from './gate.ts';

describe('the gate of sensitive matter', () => {
  it.each([
    ['health', 'On m’a diagnostiqué un diabète', 'my chemo starts monday'],
    ['politics', 'Votez pour Mélenchon !', 'I will never vote for Trump'],
    ['religion', 'Je suis musulmane et fière', 'see you at church on Sunday'],
    ['union', 'Toute la boîte est syndiquée à la CGT', 'our trade union said no'],
    ['sexuality', 'Mon frère est gay', 'As a lesbian I feel seen'],
    ['origin', 'Fière de mes racines africaines', 'they hate immigrants'],
  ])('closes on %s', (_, french, english) => {
    expect(isSensitive(french)).toBe(true);
    expect(isSensitive(english)).toBe(true);
  });

  it.each([
    'J’adore ce parfum, la boîte est magnifique',
    'Great packaging, delivery took too long',
    'Mon dieu que c’est beau',
    'The gaming chair came in black',
    'Vivement la suite, 10/10 😍',
    '',
  ])('lets “%s” be read', (text) => {
    expect(isSensitive(text)).toBe(false);
  });

  it('reads through capitals, accents of their own and long letters', () => {
    expect(isSensitive('SYNDICATS')).toBe(true);
    expect(isSensitive('hôpital'.normalize('NFD'))).toBe(true);
    expect(isSensitive('canceeeer')).toBe(true);
  });
});
