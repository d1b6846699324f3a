import type { Locale } from '@fanfare/contract';
import { pick, type Chance } from './chance.ts';
import { OPENERS, PHRASES, type Tone } from './phrases.ts';
import type { Topic } from './topics.ts';

/** The tone of one text. @param mood −1 (angry) to 1 (delighted), of the moment and the person together */
export function toneOf(chance: Chance, mood: number): Tone {
  const draw = chance();
  const positive = Math.max(0.06, Math.min(0.86, 0.44 + 0.34 * mood));
  const neutral = 0.26 * (1 - Math.abs(mood) / 2);
  if (draw < positive) return 'positive';
  return draw < positive + neutral ? 'neutral' : 'negative';
}

/** An invented comment about a topic, composed of parts. */
export function textOf(chance: Chance, lang: Locale, tone: Tone, topic: Topic): string {
  const { openers, statements, closers } = PHRASES[lang][tone];
  const opener = chance() < 0.45 ? pick(chance, chance() < 0.7 ? openers : OPENERS[lang]) : '';
  const statement = pick(chance, statements).replace('{p}', topic[lang]);
  const closer = chance() < 0.55 ? pick(chance, closers) : '';
  const said = /[?!]$/.test(statement) ? statement : `${statement}${chance() < 0.3 ? ' !' : '.'}`;
  const text = [opener, opener && !/[!?]$/.test(opener) ? said : capital(said), closer]
    .filter(Boolean)
    .join(' ');
  return capital(lang === 'en' ? text.replaceAll(' !', '!') : text);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
