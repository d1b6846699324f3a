import { describe, expect, it } from 'vitest';
import type { Board } from './board.ts';
import type { Delta } from './delta.ts';
import { bare, emptyPoint, fold, follows } from './fold.ts';
import type { Measure } from './measure.ts';

const T0 = '2026-11-22T10:00:00.000Z';
const T1 = '2026-11-22T10:02:00.000Z';

function measure(value: number, asOf = T0): Measure {
  return { value, kind: 'measured', definition: 'engagements@1', asOf, n: value };
}

const board: Board = {
  type: 'board',
  brand: 'maison',
  window: '5m',
  audience: 'team',
  epoch: 'e',
  seq: 7,
  asOf: T0,
  k: 1,
  demonstration: false,
  measures: { 'engagements@1': measure(3), 'reach.platform@1': measure(900, '2026-11-21T00:00:00.000Z') },
  breakdowns: { network: { x: { 'engagements@1': measure(2) }, web: { 'engagements@1': measure(1) } } },
  series: {
    from: '2026-11-22T09:56:00.000Z',
    step: 60,
    'engagements@1': [0, 1, 0, 0, 2],
    'sentiment@1': Array.from({ length: 5 }, () => ({ positive: 1, neutral: 0, negative: 0 })),
  },
  top: { objects: [{ object: 'post-1', 'engagements@1': measure(3) }] },
};
const empty: Delta = { type: 'delta', brand: 'maison', window: '5m', epoch: 'e', seq: 8, asOf: T1 };

describe('fold', () => {
  it('moves every measure of the board to the new instant, and leaves others their own', () => {
    const next = fold(board, empty);
    expect(next.seq).toBe(8);
    expect(next.asOf).toBe(T1);
    expect(next.measures['engagements@1']).toEqual(measure(3, T1));
    expect(next.measures['reach.platform@1']!.asOf).toBe('2026-11-21T00:00:00.000Z');
    expect(next.breakdowns['network']!['x']!['engagements@1']!.asOf).toBe(T1);
    expect(next.top.objects[0]!['engagements@1']!.asOf).toBe(T1);
    expect(next.series).toBe(board.series);
  });

  it('replaces, adds and drops cells whole', () => {
    const cells = {
      x: null,
      web: { 'engagements@1': measure(5, T1) },
      ['__proto__']: { 'engagements@1': measure(1, T1) },
    };
    const next = fold(board, { ...empty, breakdowns: { network: cells, kind: { share: {} } } });
    expect(Object.keys(next.breakdowns['network']!)).toEqual(['web', '__proto__']);
    expect(next.breakdowns['network']!['web']!['engagements@1']!.value).toBe(5);
    expect(next.breakdowns['kind']).toEqual({ share: {} });
  });

  it('slides a series and sets the points given', () => {
    const series = { from: '2026-11-22T09:58:00.000Z', step: 60, 'engagements@1': { 4: 6 } };
    const next = fold(board, { ...empty, series });
    expect(next.series['engagements@1']).toEqual([0, 0, 2, 0, 6]);
    expect(next.series['sentiment@1']!.slice(3)).toEqual([
      emptyPoint('sentiment@1'),
      emptyPoint('sentiment@1'),
    ]);
    expect(next.series.from).toBe('2026-11-22T09:58:00.000Z');
    const far = fold(board, { ...empty, series: { from: '2026-11-22T12:00:00.000Z', step: 60 } });
    expect(far.series['engagements@1']).toEqual([0, 0, 0, 0, 0]);
  });

  it('takes a board as it is, and never changes the one before', () => {
    const before = structuredClone(board);
    const other = { ...board, epoch: 'f', seq: 0 };
    expect(fold(board, other)).toBe(other);
    fold(board, { ...empty, measures: { 'engagements@1': measure(9, T1) }, top: { objects: [] } });
    expect(board).toEqual(before);
  });

  it('is for the very next frame of one epoch', () => {
    expect(follows(board, empty)).toBe(true);
    for (const frame of [
      { epoch: 'e', seq: 7 },
      { epoch: 'e', seq: 9 },
      { epoch: 'f', seq: 8 },
    ]) {
      expect(follows(board, frame)).toBe(false);
    }
  });

  it('keeps any key from outside in records without prototype', () => {
    const record = bare<number>();
    record['__proto__'] = 1;
    expect(Object.keys(record)).toEqual(['__proto__']);
    expect('toString' in record).toBe(false);
  });
});
