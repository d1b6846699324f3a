import type { Comparison, Series } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { lineOf } from './line.ts';

const utc = () => 0;
const series: Series = { from: '2026-11-22T10:00:00Z', step: 60, 'engagements@1': [1, 2, null, 9, 3] };
const comparison = (from: string): Comparison => ({
  brand: 'maison',
  window: '5m',
  with: 'previous',
  from,
  to: '2026-11-22T10:00:00Z',
  measures: {},
  series: { from, step: 60, 'engagements@1': [10, 20, 30, 40, 50] },
});

describe('lineOf', () => {
  it('keeps hidden points hidden and finds the peak', () => {
    const view = lineOf(series, null, 'engagements', '5m', utc);
    expect(view.values).toEqual([1, 2, null, 9, 3]);
    expect(view.before).toBeNull();
    expect(view.peak).toEqual({ at: Date.parse('2026-11-22T10:03:00Z'), value: 9 });
    expect([view.from, view.to]).toEqual([series.from, '2026-11-22T10:04:00Z'].map((t) => Date.parse(t)));
  });
  it('lays the compared period under the same buckets', () => {
    const same = lineOf(series, comparison('2026-11-22T09:55:00Z'), 'engagements', '5m', utc);
    expect(same.before).toEqual([10, 20, 30, 40, 50]);
    expect(same.top).toBe(60);
  });
  it('keeps it under them when the window slid since it was read', () => {
    const slid = lineOf(series, comparison('2026-11-22T09:53:00Z'), 'engagements', '5m', utc);
    expect(slid.before).toEqual([30, 40, 50, null, null]);
  });
  it('has no peak and a scale of its own when nothing happened', () => {
    const view = lineOf({ ...series, 'engagements@1': [0, 0, 0, 0, 0] }, null, 'engagements', '5m', utc);
    expect(view.peak).toBeNull();
    expect(view.top).toBe(4);
  });
});
