import type { Measure } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { binOf, histogramRows } from './histogram.ts';

const cell = (value: number | null): Record<string, Measure> => ({
  'influence@1': {
    value,
    kind: 'computed',
    definition: 'influence@1',
    asOf: '2026-11-22T10:00:00Z',
    n: value,
    ...(value === null ? { suppressed: true as const } : {}),
  },
});
const rows = (cells: Record<string, Record<string, Measure>>) =>
  histogramRows({ influence: cells }, 'influence', 'influence@1');

describe('histogramRows', () => {
  it('is in order of weight, not of size, with empty bins between', () => {
    const list = rows({ '16': cell(40), '1': cell(null), '4': cell(80) });
    expect(list.map(({ key, measure, length }) => [key, measure.value, length])).toEqual([
      ['1', null, 0],
      ['2', 0, 0],
      ['4', 80, 1],
      ['8', 0, 0],
      ['16', 40, 0.5],
    ]);
    expect(list.map(({ measure }) => measure.suppressed)).toEqual([true, ...Array(4).fill(undefined)]);
  });
  it('is empty without a fan', () => expect(rows({})).toEqual([]));
});

describe('binOf', () => {
  it('runs to the next power of two', () => {
    expect([binOf('1'), binOf('8')]).toEqual([
      { from: 1, to: 1 },
      { from: 8, to: 15 },
    ]);
  });
});
