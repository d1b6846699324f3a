import type { Features } from './features.ts';
import { finish } from '../domain/hash.ts';
import { langSalt } from './languages.ts';
import type { Weights } from './weights.ts';

/** Multiplier of each feature family for one text: scale over the root of the family's size. */
export function familyScales(
  features: Features,
  scales: readonly [number, number, number],
): [number, number, number] {
  return [
    scales[0] / Math.sqrt(Math.max(1, features.words)),
    scales[1] / Math.sqrt(Math.max(1, features.chars - features.words)),
    scales[2] / Math.sqrt(Math.max(1, features.count - features.chars)),
  ];
}

/** What a slot's byte stands for, in units: its square, with its sign. */
const worth = (byte: number): number => byte * Math.abs(byte);

/** Probabilities of negative, neutral, positive (multinomial logistic regression over hashed features). */
export function score(weights: Weights, features: Features, lang: string): [number, number, number] {
  const { slots, langScale } = weights;
  const mask = (1 << weights.bits) - 1;
  const salt = langSalt(lang);
  const { ids } = features;
  const ends = [features.words, features.chars, features.count];
  const scales = familyScales(features, weights.scales);
  let negative = 0;
  let positive = 0;
  for (let family = 0, i = 0; family < 3; family++) {
    const end = ends[family] ?? 0;
    let shared0 = 0;
    let shared1 = 0;
    let own0 = 0;
    let own1 = 0;
    for (; i < end; i++) {
      const id = ids[i] ?? 0;
      const at = (id & mask) << 1;
      shared0 += worth(slots[at] ?? 0);
      shared1 += worth(slots[at + 1] ?? 0);
      if (salt === 0) continue;
      const own = (finish(id ^ salt) & mask) << 1;
      own0 += worth(slots[own] ?? 0);
      own1 += worth(slots[own + 1] ?? 0);
    }
    const scale = scales[family] ?? 0;
    negative += scale * (shared0 + langScale * own0);
    positive += scale * (shared1 + langScale * own1);
  }
  const unit = weights.unit / weights.temperature;
  const top = Math.max(0, negative * unit, positive * unit);
  const a = Math.exp(negative * unit - top);
  const b = Math.exp(-top);
  const c = Math.exp(positive * unit - top);
  const sum = a + b + c;
  return [a / sum, b / sum, c / sum];
}
