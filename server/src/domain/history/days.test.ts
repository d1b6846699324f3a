import { describe, expect, it } from 'vitest';
import { dayEdges, edgeBefore } from './days.ts';

const HOUR = 3_600_000;

describe('the days of a history', () => {
  it('have 23, 24 or 25 hours, and begin at half an hour where the zone does', () => {
    const lengths = (from: string, to: string, zone: string) => {
      const edges = dayEdges(Date.parse(from), Date.parse(to), zone);
      return edges.slice(1).map((edge, i) => (edge - edges[i]!) / HOUR);
    };
    expect(lengths('2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z', 'Europe/Paris')).toEqual([24, 23, 24]);
    expect(lengths('2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z', 'Europe/Paris')).toEqual([24, 25, 24]);
    const india = dayEdges(
      Date.parse('2026-03-28T00:00:00Z'),
      Date.parse('2026-03-28T01:00:00Z'),
      'Asia/Kolkata',
    );
    expect(india.map((edge) => new Date(edge).toISOString().slice(11, 16))).toEqual(['18:30', '18:30']);
  });

  it('are found by an instant', () => {
    expect([9, 10, 19, 20, 29, 30, 31].map((at) => edgeBefore([10, 20, 30], at))).toEqual([
      ...[-1, 0, 0, 1, 1, 2, 2],
    ]);
  });
});
