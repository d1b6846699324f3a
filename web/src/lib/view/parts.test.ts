import type { Measure } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { countsOf, partsOf } from './parts.ts';

const of = (parts: Record<string, number>): Measure => ({
  value: 1,
  kind: 'computed',
  definition: 'sentiment@1',
  asOf: '2026-11-22T10:00:00Z',
  n: 20,
  parts,
});

describe('partsOf', () => {
  it('puts the ends of an interval with what they are the ends of', () => {
    const parts = partsOf(
      of({ positive: 4, messageWeighted: 40, messageWeightedLow: 37, messageWeightedHigh: 43 }),
    );
    expect(parts).toEqual([
      { key: 'positive', value: 4, written: 'count' },
      { key: 'messageWeighted', value: 40, written: 'signed', interval: [37, 43] },
    ]);
  });
  it('writes a baseline as a mean', () => {
    expect(partsOf(of({ recent: 9, baseline: 6.75 })).map(({ written }) => written)).toEqual([
      'count',
      'mean',
    ]);
  });
  it('is empty without parts', () => expect(partsOf(undefined)).toEqual([]));
});

describe('countsOf', () => {
  const keys = ['positive', 'neutral', 'negative'] as const;
  it('tells a part that is hidden from one that is zero', () => {
    expect(countsOf(of({ positive: 60, negative: 0, messageWeighted: 1 }), keys)).toEqual({
      positive: 60,
      neutral: null,
      negative: 0,
    });
  });
  it('gives nothing of a value that is not shown', () => {
    expect(countsOf({ ...of({ positive: 4 }), value: null, suppressed: true }, keys)).toBeNull();
    expect(countsOf({ ...of({ positive: 4 }), value: null }, keys)).toBeNull();
    expect(countsOf(undefined, keys)).toBeNull();
  });
});
