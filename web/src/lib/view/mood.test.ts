import type { Series } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { barsOf, moodOf, strokesOf } from './mood.ts';
import { netOf } from './spark.ts';

const bar = (positive: number, neutral: number, negative: number) => ({ positive, neutral, negative });

describe('moodOf', () => {
  it('adds up bars, hidden ones apart', () => {
    const series: Series = {
      from: '2026-11-22T10:00:00Z',
      step: 60,
      'sentiment@1': [bar(1, 2, 3), bar(4, 0, 0), null, null, null, bar(0, 0, 0)],
    };
    const view = moodOf(series, '1h', () => 0);
    expect(view.bars).toEqual([bar(5, 2, 3), null, null]);
    expect([view.top, view.bottom]).toEqual([6, 4]);
    expect(view.to - view.from).toBe(6 * 60_000);
  });

  it('shows what is shown of a bar, and says that it is a part', () => {
    const series: Series = {
      from: '2026-11-22T10:00:00Z',
      step: 60,
      'sentiment@1': [null, bar(9, 8, 7), bar(1, 0, 1), bar(2, 0, 0)],
    };
    const { bars } = moodOf(series, '1h', () => 0);
    expect(bars).toEqual([{ ...bar(9, 8, 7), partly: true }, bar(3, 0, 1)]);
    expect(netOf(bars)).toEqual([null, 50]);
  });
});

describe('strokesOf', () => {
  it('keeps the volume: the lengths add up to the number of texts', () => {
    const strokes = strokesOf(bar(5, 3, 2));
    expect(strokes).toEqual([1.5, 5, -1.5, -2]);
    expect(strokes.reduce((sum, s) => sum + Math.abs(s), 0)).toBe(10);
    expect(strokesOf(null)).toEqual([0, 0, 0, 0]);
  });
});

describe('barsOf', () => {
  it('stacks positive, neutral and negative around the zero line', () => {
    const view = { from: 0, to: 1, step: 60, at: [0, 1], top: 6, bottom: 4 };
    const rectangles = barsOf({ ...view, bars: [bar(5, 2, 3), null] });
    expect(rectangles.map(({ tone, y, height }) => [tone, y, height])).toEqual([
      ['positive', 0, 50],
      ['neutral', 50, 20],
      ['negative', 70, 30],
    ]);
  });
});
