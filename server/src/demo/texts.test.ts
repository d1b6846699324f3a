import { expect, it } from 'vitest';
import { chanceOf } from './chance.ts';
import { textOf, toneOf } from './texts.ts';
import { TOPICS } from './topics.ts';

it('composes sentences without holes, in both languages and all tones', () => {
  for (let i = 0; i < 3_000; i++) {
    const chance = chanceOf(9, i);
    const lang = i % 2 === 0 ? 'fr' : 'en';
    const text = textOf(chance, lang, toneOf(chance, 0), TOPICS[i % TOPICS.length]!);
    expect(text).toMatch(/^\p{Lu}/u);
    expect(text).not.toMatch(/\{|\}|undefined| {2}|^ | $/);
    expect(text.length).toBeGreaterThan(10);
  }
});

it('sounds as the mood is', () => {
  const share = (mood: number, wanted: string) => {
    const tones = Array.from({ length: 2_000 }, (_, i) => toneOf(chanceOf(8, i), mood));
    return tones.filter((tone) => tone === wanted).length / tones.length;
  };
  expect(share(0.9, 'positive')).toBeGreaterThan(0.6);
  expect(share(-0.9, 'negative')).toBeGreaterThan(0.6);
  expect(share(0, 'neutral')).toBeGreaterThan(0.15);
});
