import { SLUG } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { slugOf } from './slug.ts';

describe('slugOf', () => {
  it('makes a slug of any name', () => {
    expect(slugOf('Maison Éloïse & Cie')).toBe('maison-eloise-cie');
    for (const name of ['', 'É', '日本', '  a  ', '-'.repeat(60), 'x'.repeat(80), 'Œuvre n° 1'])
      for (const suffix of ['', '-2', '-19']) expect(slugOf(name, suffix), name).toMatch(new RegExp(SLUG));
  });
});
