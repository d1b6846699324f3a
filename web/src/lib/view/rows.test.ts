import type { Measure } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { rowsOf, topRows } from './rows.ts';

const of = (value: number | null): Measure => ({
  value,
  kind: 'computed',
  definition: 'engagements@1',
  asOf: '2026-11-22T10:00:00Z',
  n: 20,
  ...(value === null ? { suppressed: true } : {}),
});
const cell = (value: number | null) => ({ 'engagements@1': of(value) });

describe('rowsOf', () => {
  it('sorts by value, hidden last, with shares of the total', () => {
    const rows = rowsOf(
      { network: { a: cell(10), b: cell(null), c: cell(40) } },
      'network',
      'engagements@1',
      of(80),
    );
    expect(rows.map((r) => [r.key, r.length, r.share])).toEqual([
      ['c', 1, 0.5],
      ['a', 0.25, 0.125],
      ['b', 0, null],
    ]);
  });
  it('is empty for a dimension the board does not have', () => {
    expect(rowsOf({}, 'network', 'engagements@1', undefined)).toEqual([]);
  });
});

describe('topRows', () => {
  it('takes the first, and no share', () => {
    const rows = topRows(
      [
        { object: 'x', ...cell(8) },
        { object: 'y', ...cell(4) },
      ],
      'engagements@1',
      1,
    );
    expect(rows).toMatchObject([{ key: 'x', length: 1, share: null }]);
  });
});
