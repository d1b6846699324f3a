import { describe, expect, it } from 'vitest';
import type { Point, Series } from '@fanfare/contract';
import type { AlertRule } from './rule.ts';
import { preview } from './preview.ts';

const RULE: AlertRule = {
  ...{ name: 'peak', measure: 'engagements@1', window: '1h' },
  ...{ side: 'above', fire: 100, clear: 80, quiet: null },
};
const seriesOf = (points: Record<string, readonly Point[]>): Series => ({
  from: '2026-10-23T10:00:00.000Z',
  step: 3_600,
  ...points,
});
const hours = (change: Readonly<Record<number, Point>>): Point[] =>
  Array.from({ length: 720 }, (_, i) => (i in change ? change[i]! : 10));

describe('a preview', () => {
  it('counts how often it would have fired in the last seven days, and not before', () => {
    const points = hours({ 500: 200, 600: 150, 601: 90, 602: 150, 603: 10, 700: 100 });
    expect(preview(RULE, seriesOf({ 'engagements@1': points }))).toEqual({
      ...{ fired: 2, hours: 168, hidden: 0, estimated: false },
    });
  });

  it('uses nothing that is hidden, and says how much that is', () => {
    const points = hours({ 600: null, 601: 150 });
    const series = seriesOf({ 'engagements@1': points });
    expect(preview(RULE, series)).toMatchObject({ fired: 1, hidden: 1 });
    expect(preview({ ...RULE, window: '24h', fire: 300, clear: 250 }, series)).toMatchObject({
      hidden: 24,
      fired: 1,
    });
  });

  it('says that it does not know where hours do not tell', () => {
    for (const rule of [
      { ...RULE, window: '5m' },
      { ...RULE, measure: 'velocity@1' },
      { ...RULE, measure: 'reach.active@1', window: '24h' },
    ] as AlertRule[])
      expect(preview(rule, seriesOf({ 'engagements@1': hours({}) })).fired).toBeNull();
  });
});
