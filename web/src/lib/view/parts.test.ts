import type { Measure } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { partsOf } from './parts.ts';

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
