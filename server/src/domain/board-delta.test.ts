import { describe, expect, it } from 'vitest';
import { fold, formatInstant, type Board, type Measure } from '@fanfare/contract';
import { diff, isEmpty } from './board-delta.ts';

const reach = (value: number, asOf: number): Measure => ({
  value,
  kind: 'measured',
  definition: 'reach.platform@1',
  asOf: formatInstant(asOf),
  n: null,
});

function board(seq: number, at: number, figure: Measure): Board {
  return {
    type: 'board',
    brand: 'b',
    window: '1h',
    audience: 'team',
    epoch: 'e',
    seq,
    asOf: formatInstant(at),
    k: 1,
    demonstration: false,
    measures: { 'reach.platform@1': figure },
    breakdowns: {},
    series: { from: formatInstant(0), step: 60 },
    top: { objects: [] },
  };
}

describe('the difference of two boards', () => {
  it('carries a figure stated again with the same value at a later instant', () => {
    const [before, after] = [board(1, 1_000, reach(5, 10)), board(2, 2_000, reach(5, 20))];
    expect(diff(before, after).measures).toEqual(after.measures);
    expect(fold(before, diff(before, after))).toEqual(after);
  });

  it('is empty when only the clock of the board moved', () => {
    const [before, after] = [board(1, 1_000, reach(5, 1_000)), board(2, 2_000, reach(5, 2_000))];
    expect(isEmpty(diff(before, after))).toBe(true);
    expect(fold(before, diff(before, after))).toEqual(after);
  });
});
