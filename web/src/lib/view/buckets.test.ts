import { WINDOW_SHAPES, WINDOWS, type Series } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { zoneOffset } from '../format.ts';
import {
  BAR_STEP,
  foldNumbers,
  foldSentiments,
  groupsOf,
  LINE_STEP,
  numbersOf,
  sentimentsOf,
} from './buckets.ts';

const utc = () => 0;
const paris = (at: number) => zoneOffset('Europe/Paris', at);
const series = (from: string, step: number): Series => ({ from, step });

describe('steps', () => {
  it('never draw more than 600 points, nor more than 31 bars', () => {
    for (const window of WINDOWS) {
      const seconds = WINDOW_SHAPES[window].grain * 60 * WINDOW_SHAPES[window].buckets;
      expect(seconds / LINE_STEP[window]).toBeLessThanOrEqual(600);
      expect(seconds / BAR_STEP[window]).toBeLessThanOrEqual(31);
    }
  });
});

describe('groupsOf', () => {
  it('is one to one at the step of the series', () => {
    expect(groupsOf(series('2026-11-22T10:00:00Z', 60), 3, 60, utc)).toHaveLength(3);
  });
  it('starts on the clock and drops the oldest group when it is cut', () => {
    const groups = groupsOf(series('2026-11-22T10:03:00Z', 60), 9, 300, utc);
    expect(groups.map((g) => [new Date(g.at).toISOString().slice(11, 16), g.first, g.end])).toEqual([
      ['10:05', 2, 7],
      ['10:10', 7, 9],
    ]);
  });
  it('keeps the shape of its groups while the window slides', () => {
    const before = groupsOf(series('2026-11-22T10:03:00Z', 60), 60, 300, utc).map((g) => g.at);
    const after = groupsOf(series('2026-11-22T10:04:00Z', 60), 60, 300, utc).map((g) => g.at);
    expect(after).toEqual(before);
  });
  it('counts 25 hours in the local day when summer time ends', () => {
    const groups = groupsOf(series('2026-10-23T22:00:00Z', 3600), 73, 86_400, paris);
    expect(groups.map((g) => g.end - g.first)).toEqual([24, 25, 24]);
  });
});

describe('folding', () => {
  const groups = [
    { at: 0, first: 0, end: 2 },
    { at: 1, first: 2, end: 4 },
  ];
  it('adds events, takes the peak of people, and hides with what is hidden', () => {
    expect(foldNumbers([1, 2, 3, 4], groups, 'sum')).toEqual([3, 7]);
    expect(foldNumbers([1, 2, 3, 4], groups, 'peak')).toEqual([2, 4]);
    expect(foldNumbers([1, null, 3, 4], groups, 'sum')).toEqual([null, 7]);
  });
  it('adds the three counts of sentiment', () => {
    const one = { positive: 1, neutral: 2, negative: 3 };
    expect(foldSentiments([one, one, one, null], groups)).toEqual([
      { positive: 2, neutral: 4, negative: 6 },
      { ...one, partly: true },
    ]);
    expect(foldSentiments([null, null, null, null], groups)).toEqual([null, null]);
  });
  it('reads the points of a series by kind', () => {
    const point = { positive: 1, neutral: 0, negative: 0 };
    const board = { ...series('2026-11-22T10:00:00Z', 60), 'a@1': [1, null], 'sentiment@1': [point, null] };
    expect(numbersOf(board, 'a@1')).toEqual([1, null]);
    expect(sentimentsOf(board, 'sentiment@1')).toEqual([point, null]);
    expect(numbersOf(board, 'b@1')).toEqual([]);
  });
});
