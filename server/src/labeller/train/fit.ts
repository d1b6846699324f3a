import { chance } from './chance.ts';
import type { Row } from './data.ts';

/** One text as the trainer sees it: slots and values, label, weight in the loss. */
export interface Example {
  readonly row: Row;
  readonly at: Int32Array;
  readonly value: Float32Array;
  weight: number;
}

/** How a model is fitted; the values are chosen by cross-validation (see MODEL.md). */
export interface FitOptions {
  readonly bits: number;
  readonly epochs: number;
  readonly rate: number;
  readonly decay: number;
}

/** Three logits (negative, neutral, positive) of an example under fitted planes. */
export function logits(planes: readonly Float32Array[], example: Example): [number, number, number] {
  const sums: [number, number, number] = [0, 0, 0];
  const { at, value } = example;
  for (let c = 0; c < 3; c++) {
    const plane = planes[c] ?? new Float32Array();
    let sum = 0;
    for (let i = 0; i < at.length; i++) sum += (plane[at[i] ?? 0] ?? 0) * (value[i] ?? 0);
    sums[c] = sum;
  }
  return sums;
}

/**
 * Multinomial logistic regression by stochastic gradient descent with per-slot step sizes (AdaGrad, Duchi
 * et al. 2011; one accumulator for the three classes) and weight decay on the slots a text touches.
 */
export function fit(examples: readonly Example[], options: FitOptions, start = 5): Float32Array[] {
  const size = 1 << options.bits;
  const w0 = new Float32Array(size);
  const w1 = new Float32Array(size);
  const w2 = new Float32Array(size);
  const squares = new Float32Array(size).fill(1e-2);
  const order = Uint32Array.from(examples, (_, i) => i);
  const next = chance(start);
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      const held = order[i] ?? 0;
      order[i] = order[j] ?? 0;
      order[j] = held;
    }
    const rate = options.rate * (1 - (0.9 * epoch) / options.epochs);
    for (const index of order) {
      const example = examples[index];
      if (example === undefined) continue;
      const { at, value, weight } = example;
      const [d0, d1, d2] = gradient(logits([w0, w1, w2], example), example.row.label, weight);
      const square = (d0 * d0 + d1 * d1 + d2 * d2) / 3;
      for (let i = 0; i < at.length; i++) {
        const slot = at[i] ?? 0;
        const x = value[i] ?? 0;
        const total = (squares[slot] ?? 0) + square * x * x;
        squares[slot] = total;
        const pace = rate / Math.sqrt(total);
        const a = w0[slot] ?? 0;
        const b = w1[slot] ?? 0;
        const c = w2[slot] ?? 0;
        w0[slot] = a - pace * (d0 * x + options.decay * a);
        w1[slot] = b - pace * (d1 * x + options.decay * b);
        w2[slot] = c - pace * (d2 * x + options.decay * c);
      }
    }
  }
  return [w0, w1, w2];
}

function gradient(
  sums: readonly [number, number, number],
  label: number,
  weight: number,
): [number, number, number] {
  const chances = softmax(sums, 1);
  return [
    (chances[0] - (label === 0 ? 1 : 0)) * weight,
    (chances[1] - (label === 1 ? 1 : 0)) * weight,
    (chances[2] - (label === 2 ? 1 : 0)) * weight,
  ];
}

/** Probabilities from logits at a temperature. */
export function softmax(
  sums: readonly [number, number, number],
  temperature: number,
): [number, number, number] {
  const top = Math.max(sums[0], sums[1], sums[2]);
  const a = Math.exp((sums[0] - top) / temperature);
  const b = Math.exp((sums[1] - top) / temperature);
  const c = Math.exp((sums[2] - top) / temperature);
  return [a / (a + b + c), b / (a + b + c), c / (a + b + c)];
}
