import { describe, expect, it } from 'vitest';
import type { Measure } from '@fanfare/contract';
import type { RawMeasure } from '../raw.ts';
import { coarse, coarseCount, coarsen, stepOf } from './coarse.ts';
import { isTooNarrow, releaseMeasure } from './measure.ts';

const AS_OF = '2026-11-22T10:00:00.000Z';
const seen = (raw: RawMeasure, shown?: Measure) => coarsen(releaseMeasure(raw, AS_OF, false), raw, 50, shown);

describe('coarse values', () => {
  it('are whole steps, and stay until the true value is a step away', () => {
    expect([994, 996, 1_234].map((value) => coarse(value, 10))).toEqual([990, 1_000, 1_230]);
    expect([994, 1_009, 1_010, 991, 990].map((value) => coarse(value, 10, 1_000))).toEqual([
      1_000, 1_000, 1_010, 1_000, 990,
    ]);
    expect([coarseCount(0, 10), coarseCount(14, 0)]).toEqual([0, 10]);
  });

  it('of engagements step by ten average fans: 900 by 300 in steps of 30', () => {
    expect(stepOf(900, 300)).toBe(30);
    expect(seen({ definition: 'engagements@1', kind: 'measured', value: 893, people: 300 })).toMatchObject({
      value: 900,
      n: 300,
    });
  });

  it('of a weighted sum step by no less than its largest part', () => {
    const raw: RawMeasure = {
      definition: 'reach.potential@1',
      kind: 'estimated',
      value: 123_456,
      people: 214,
      largest: 1_300,
      parts: { amplifiers: 214, known: 201 },
    };
    expect(seen(raw)).toMatchObject({ value: 124_000, n: 210, parts: { amplifiers: 210, known: 200 } });
  });

  it('of sentiment leave small polarities away with another, and what would tell them', () => {
    const raw: RawMeasure = {
      definition: 'sentiment@1',
      kind: 'computed',
      value: 83.3,
      people: 240,
      low: 80.1,
      high: 86.2,
      parts: { positive: 210, neutral: 60, negative: 12, messageWeighted: 70.2, messageWeightedLow: 65 },
      partPeople: { positive: 180, neutral: 55, negative: 9 },
    };
    expect(seen(raw)).toMatchObject({ value: 83, low: 80, high: 86, n: 240, parts: { positive: 210 } });
    expect(Object.keys(seen(raw).parts!)).toEqual(['positive']);
  });
});

describe('a value about too few', () => {
  const sum: RawMeasure = { definition: 'influence.total@1', kind: 'computed', value: 100, people: 40 };

  it('is hidden when one fan has more than half of a weighted sum', () => {
    expect([50, 51].map((largest) => isTooNarrow({ ...sum, largest }, 10))).toEqual([false, true]);
  });

  it('is hidden when what it was made from is about too few', () => {
    expect([10, 9, 0].map((fewest) => isTooNarrow({ ...sum, fewest }, 10))).toEqual([false, true, false]);
    expect(isTooNarrow({ ...sum, fewest: 1, largest: 100 }, 1)).toBe(false);
  });
});
