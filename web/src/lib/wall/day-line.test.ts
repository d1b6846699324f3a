import type { Series } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { dayLine } from './day-line.ts';

const utc = () => 0;
const minutes = (from: string, values: readonly (number | null)[]): Series => ({
  from,
  step: 60,
  'engagements@1': values,
});

describe('dayLine', () => {
  it('adds whole half hours, and leaves out those that were cut or are under way', () => {
    const series = minutes('2026-11-22T09:50:00Z', Array<number>(75).fill(1));
    const line = dayLine(series, 'engagements@1', utc);
    expect(line.values).toEqual([30, 30]);
    expect([line.from, line.to].map((at) => new Date(at).toISOString().slice(11, 16))).toEqual([
      '10:00',
      '10:30',
    ]);
    expect(line.peak).toEqual({ at: Date.parse('2026-11-22T10:00:00Z'), value: 30 });
  });
  it('hides a half hour with a hidden minute, and has no peak in nothing', () => {
    const values = Array.from({ length: 60 }, (_, i) => (i === 40 ? null : 0));
    const line = dayLine(minutes('2026-11-22T10:00:00Z', values), 'engagements@1', utc);
    expect([line.values, line.peak, line.top]).toEqual([[0, null], null, 4]);
  });
});
