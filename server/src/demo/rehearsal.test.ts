import { describe, expect, it } from 'vitest';
import type { Measure, RehearsalTotals } from '@fanfare/contract';
import { movedExactly } from './rehearsal.ts';

const measure = (value: number | null): Measure => ({
  value,
  kind: 'measured',
  definition: 'engagements@1',
  asOf: '2026-11-22T10:00:00.000Z',
  n: value,
});
const totals = (engagements: number, reach: number, consenting: number | null): RehearsalTotals => ({
  asOf: '2026-11-22T10:30:00.000Z',
  engagements: measure(engagements),
  reach: measure(reach),
  consenting: measure(consenting),
});
const held = [{ occurredAt: '2026-11-20T10:00:00Z' }, { occurredAt: '2026-11-21T10:00:00Z' }];
const before = totals(100, 40, 60);

describe('movedExactly', () => {
  it('holds when one fan and what they did is gone, and stays gone', () => {
    expect(movedExactly({ before, after: totals(98, 39, 59), replayed: totals(98, 39, 59) }, held)).toBe(
      true,
    );
  });
  it('sees too little and too much gone, and anything that came back', () => {
    for (const after of [totals(99, 39, 59), totals(97, 39, 59), totals(98, 40, 59), totals(98, 39, 60)])
      expect(movedExactly({ before, after, replayed: after }, held)).toBe(false);
    expect(movedExactly({ before, after: totals(98, 39, 59), replayed: totals(99, 39, 59) }, held)).toBe(
      false,
    );
  });
  it('leaves out what is older than the window', () => {
    const old = [...held, { occurredAt: '2026-10-01T10:00:00Z' }];
    expect(movedExactly({ before, after: totals(98, 39, 59), replayed: totals(98, 39, 59) }, old)).toBe(true);
    const none = [{ occurredAt: '2026-10-01T10:00:00Z' }];
    expect(movedExactly({ before, after: totals(100, 40, 59), replayed: totals(100, 40, 59) }, none)).toBe(
      true,
    );
  });
  it('says nothing of a total that is hidden throughout', () => {
    const hidden = (engagements: number, reach: number) => totals(engagements, reach, null);
    const after = hidden(98, 39);
    expect(movedExactly({ before: hidden(100, 40), after, replayed: after }, held)).toBe(true);
  });
});
