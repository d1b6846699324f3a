import { SLUG } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { slugOf } from './slug.ts';

describe('the slug of a name', () => {
  it.each([
    ['Maison Élodie', 'maison-elodie'],
    ['  L’Œuf & Cie — 2026 ', 'l-oeuf-cie-2026'],
    ['日本', ''],
    ['A', 'a'],
  ])('%s', (name, slug) => expect(slugOf(name)).toBe(slug));

  it('is one the API takes, or too short to be one', () => {
    const names = ['!'.repeat(80), '-a-', 'é'.repeat(80), `x${' -'.repeat(60)}y`, '\u{1f600}b', 'Ⅷ ½ ﬁ', 'ß'];
    for (const name of names) {
      const slug = slugOf(name);
      expect(slug.length < 2 || new RegExp(SLUG).test(slug), name).toBe(true);
    }
  });
});
