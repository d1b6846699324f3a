import { readFileSync } from 'node:fs';
import { createExtractor } from './features.ts';
import { detectLanguage, isSupported, languageOfTag } from './language.ts';
import type { Label, Labeller, LabelInput, SentimentLabel } from './port.ts';
import { score } from './score.ts';
import { createGuesser } from './vocabulary.ts';
import { unpackWeights, type Weights } from './weights.ts';

/** Where the shipped model lies. */
export const MODEL_FILE = new URL('./model/linear-1.bin', import.meta.url);

const NAMES: readonly SentimentLabel[] = ['negative', 'neutral', 'positive'];

/** The linear model answers at once. */
export interface LinearLabeller extends Labeller {
  label(texts: readonly LabelInput[]): readonly Label[];
}

/** A labeller over given weights; a pure function of text, tag and weights. */
export function linearLabeller(weights: Weights): LinearLabeller {
  const { model, threshold } = weights;
  const extract = createExtractor(weights.lexicons);
  const guess = createGuesser(weights.vocabulary);

  function one(input: LabelInput): Label {
    let lang = languageOfTag(input.lang);
    if (lang === 'und') lang = guess(input.text) ?? detectLanguage(input.text);
    const unknown: Label = { label: 'unknown', confidence: 0, lang, model };
    if (lang !== 'und' && !isSupported(lang)) return unknown;
    const features = extract(input.text, lang);
    // Without a language only emoji and emoticons speak; without either there is nothing to read.
    if (
      lang === 'und' ? features.signs === 0 || features.letters > 0 : features.signs + features.letters === 0
    )
      return unknown;
    const chances = score(weights, features, lang);
    const [negative, neutral, positive] = chances;
    let best = negative > positive ? 0 : 2;
    if (neutral >= (chances[best] ?? 0) || (chances[best] ?? 0) < threshold) best = 1;
    const confidence = Math.round((chances[best] ?? 0) * 1e4) / 1e4;
    return { label: NAMES[best] ?? 'unknown', confidence, lang, model };
  }

  return { model, label: (texts) => texts.map(one) };
}

/** The shipped linear model (its card is MODEL.md). Reads one file, about 2 MB; throws when it is damaged. */
export function createLinearLabeller(): LinearLabeller {
  return linearLabeller(unpackWeights(readFileSync(MODEL_FILE)));
}
