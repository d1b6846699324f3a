import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentiment } from './sentiment.ts';
import { aWindow } from './windows/by-hand.fixture.ts';

const LABELS = ['positive', 'neutral', 'negative'] as const;
const SCORE = { positive: 1, neutral: 0, negative: -1 };

function read(texts: readonly (readonly [fan: number, label: (typeof LABELS)[number]])[]) {
  const { put, counts } = aWindow();
  texts.forEach(([fan, label], i) => put(`t${i}`, { fan, label, kind: 'comment' }));
  return sentiment(counts.opinions.read(0), new Set(texts.map(([fan]) => fan)).size);
}

describe('sentiment@1', () => {
  it('lets each fan count once: (1 + 0 − 1 + 1 + 0) ÷ 5 = 20, where the messages say 4 ÷ 9', () => {
    const found = read([
      // Fan 1: 4 positive, x = 4/4 = 1. Fan 2: 1 positive 1 negative, x = 0/2 = 0.
      ...([1, 1, 1, 1] as const).map((fan) => [fan, 'positive'] as const),
      [2, 'positive'],
      [2, 'negative'],
      // Fan 3: 1 negative, x = −1. Fan 4: 1 positive, x = 1. Fan 5: 1 neutral, x = 0.
      [3, 'negative'],
      [4, 'positive'],
      [5, 'neutral'],
    ]);
    // Five fans: x = 1, 0, −1, 1, 0; mean 0.2; Σ(x − mean)² = 0.64 + 0.04 + 1.44 + 0.64 + 0.04 = 2.8;
    // sample variance 2.8 ÷ 4 = 0.7; SE = √(0.7 ÷ 5) = 0.374166; 1.959964 × SE = 0.733351.
    expect(found).toMatchObject({ kind: 'computed', people: 5 });
    expect(found.value).toBeCloseTo(20, 9);
    expect(found.low).toBeCloseTo(-53.335, 3);
    expect(found.high).toBeCloseTo(93.335, 3);
    // Messages: P 6, N 2, U 1; d = 4/9; SE² = (8/9 − 16/81) ÷ 9 = 56/729; SE = 0.277159.
    expect(found.parts).toMatchObject({ positive: 6, neutral: 1, negative: 2 });
    expect(found.parts!['messageWeighted']).toBeCloseTo(44.444, 3);
    expect(found.parts!['messageWeightedLow']).toBeCloseTo(100 * (4 / 9 - 1.959964 * 0.277159), 2);
    expect(found.parts!['messageWeightedHigh']).toBeCloseTo(100 * (4 / 9 + 1.959964 * 0.277159), 2);
  });

  it('has no interval wider than the scale, and none at all for one fan', () => {
    expect(read([[1, 'positive']])).toMatchObject({ value: 100, low: 100, high: 100 });
    expect(
      read([
        [1, 'positive'],
        [2, 'negative'],
      ]),
    ).toMatchObject({ value: 0, low: -100, high: 100 });
  });

  it('is unavailable without a labelled text, never 0', () => {
    expect(read([])).toMatchObject({ value: null, kind: 'unavailable', people: 0 });
  });

  it('equals mean and standard errors taken straight from the list, after edits, removals and withdrawals', () => {
    const fan = fc.integer({ min: 1, max: 5 });
    const slot = fc.nat(14);
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ slot, fan, label: fc.constantFrom(...LABELS) }) },
      { weight: 1, arbitrary: fc.record({ slot }) },
      { weight: 1, arbitrary: fc.record({ fan }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        const { put, withdraw, counts } = aWindow();
        const held = new Map<number, Text>();
        for (const one of steps) {
          if ('label' in one) {
            put(`t${one.slot}`, { fan: one.fan, label: one.label, kind: 'comment' });
            held.set(one.slot, [one.fan, one.label]);
          } else if ('slot' in one) {
            put(`t${one.slot}`, null);
            held.delete(one.slot);
          } else {
            withdraw(one.fan);
            for (const [at, [author]] of [...held]) if (author === one.fan) held.delete(at);
          }
        }
        const texts = [...held.values()];
        const found = sentiment(counts.opinions.read(0), new Set(texts.map(([author]) => author)).size);
        const expected = naive(texts);
        const { messageWeighted, messageWeightedLow, messageWeightedHigh } = found.parts ?? {};
        const actual = [found.value, found.low, found.high];
        [...actual, messageWeighted, messageWeightedLow, messageWeightedHigh].forEach((value, i) => {
          if (texts.length === 0) expect(value ?? null).toBeNull();
          else expect(value).toBeCloseTo(expected[i]!, 4);
        });
      }),
      { numRuns: 500 },
    );
  });
});

type Text = readonly [fan: number, label: (typeof LABELS)[number]];

/** Value, low, high by fan, then by message; the variance of a mean of −1, 0, 1 taken from the list itself. */
function naive(texts: readonly Text[]): number[] {
  const own = [...Map.groupBy(texts, ([fan]) => fan).values()];
  const xs = own.map((list) => mean(list.map(([, label]) => SCORE[label])));
  const scores = texts.map(([, label]) => SCORE[label]);
  const [x, d] = [mean(xs), mean(scores)];
  const spread = xs.length > 1 ? Math.sqrt(squares(xs, x) / (xs.length - 1) / xs.length) : 0;
  return [...interval(x, spread), ...interval(d, Math.sqrt(squares(scores, d)) / scores.length)];
}

function interval(centre: number, error: number): [number, number, number] {
  const half = 1.959963984540054 * error;
  return [100 * centre, 100 * Math.max(-1, centre - half), 100 * Math.min(1, centre + half)];
}

const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length;
const squares = (list: readonly number[], from: number) => list.reduce((a, b) => a + (b - from) ** 2, 0);
