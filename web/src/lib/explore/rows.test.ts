import { describe, expect, it } from 'vitest';
import type { ExploreRow, Measure } from '@fanfare/contract';
import { growth, inOrder, lengthOf } from './rows.ts';

const measure = (value: number | null): Measure => ({
  value,
  kind: 'measured',
  definition: 'engagements@1',
  asOf: '2026-11-22T10:00:00.000Z',
  n: value,
});
const row = (key: string, value: number | null): ExploreRow => ({
  key,
  measures: { 'engagements@1': measure(value) },
});

describe('the rows of a list', () => {
  it('have bars as long as their part of the longest', () => {
    const rows = [row('a', 8), row('b', 2), row('c', null)];
    expect(rows.map(({ measures }) => lengthOf(measures, rows))).toEqual([1, 0.25, 0]);
  });

  it('are in the order of the day when they are hours', () => {
    const rows = [row('21', 8), row('9', 2)];
    expect(inOrder('hour', rows).map(({ key }) => key)).toEqual(['9', '21']);
    expect(inOrder('kind', rows)).toBe(rows);
  });

  it('grow by a part of what was before, where both are told', () => {
    expect(growth(measure(12), measure(10))).toBeCloseTo(0.2);
    for (const [now, before] of [
      [1, 0],
      [null, 4],
      [4, null],
    ] as const)
      expect(growth(measure(now), measure(before))).toBeNull();
  });
});
