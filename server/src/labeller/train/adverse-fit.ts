import { createGrams, SLOTS } from '../../domain/sector/adverse/grams.ts';
import { plain } from '../../domain/sector/text/plain.ts';
import { chance } from './chance.ts';

/** One labelled text. `group` holds near-copies together, so that no fold has one on either side. */
export interface Told {
  readonly text: string;
  readonly reports: boolean;
  readonly file: string;
  group: number;
}

/** One text as slots and values. */
export interface Vector {
  readonly told: Told;
  readonly at: Uint32Array;
  readonly value: Float32Array;
}

const grams = createGrams();
/** Names of products in the set say nothing about another brand. */
const NAMES = new Set(['doltranol', 'respirax', 'vermicat', 'pucivet']);

/** The vector of a text, the same sum that is taken at run time: each family is divided by the root of its number. */
export function toVector(told: Told): Vector {
  const found = grams(plain(told.text), NAMES);
  const { words, count } = found;
  const value = Float32Array.from(
    { length: count },
    (_, i) => 1 / Math.sqrt(i < words ? words : count - words),
  );
  return { told, at: found.slots.slice(0, count), value };
}

/** How it is fitted. */
export interface FitOptions {
  readonly epochs: number;
  readonly rate: number;
  readonly decay: number;
}

/** What a fit gives: a weight a slot and the bias, in logits. */
export interface Fitted {
  readonly weights: Float32Array;
  readonly bias: number;
}

/** The logit of a vector. */
export function logit({ weights, bias }: Fitted, { at, value }: Vector): number {
  let sum = bias;
  for (let i = 0; i < at.length; i++) sum += (weights[at[i] ?? 0] ?? 0) * (value[i] ?? 0);
  return sum;
}

/** Logistic regression by stochastic gradient descent with per-slot steps (AdaGrad) and weight decay. */
export function fit(vectors: readonly Vector[], options: FitOptions): Fitted {
  const weights = new Float32Array(SLOTS);
  const squares = new Float32Array(SLOTS).fill(1e-2);
  const next = chance(5);
  const order = [...vectors];
  let bias = 0;
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    for (const vector of order) {
      const miss = 1 / (1 + Math.exp(-logit({ weights, bias }, vector))) - (vector.told.reports ? 1 : 0);
      bias -= 0.01 * miss;
      const { at, value } = vector;
      for (let i = 0; i < at.length; i++) {
        const slot = at[i] ?? 0;
        const slope = miss * (value[i] ?? 0) + options.decay * (weights[slot] ?? 0);
        squares[slot] = (squares[slot] ?? 0) + slope * slope;
        weights[slot] = (weights[slot] ?? 0) - (options.rate * slope) / Math.sqrt(squares[slot] ?? 1);
      }
    }
  }
  return { weights, bias };
}
