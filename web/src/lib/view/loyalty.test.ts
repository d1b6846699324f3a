import type { Loyalty, Measure } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { loyaltyView } from './loyalty.ts';

const of = (value: number | null): Measure => ({
  value,
  kind: 'computed',
  definition: 'rfe@1',
  asOf: '2026-11-22T10:00:00Z',
  n: value,
  ...(value === null ? { suppressed: true as const } : {}),
});
const loyalty = (cells: Record<string, number | null>): Loyalty => ({
  brand: 'maison',
  asOf: '2026-11-22T10:00:00Z',
  from: '2026-05-25T00:00:00Z',
  k: 10,
  recency: ['<1', '<7', '<30', '<90', '90+'],
  frequency: ['1', '2-3', '4-12', '13+'],
  total: of(300),
  table: Object.fromEntries(Object.entries(cells).map(([key, value]) => [key, { 'rfe@1': of(value) }])),
});

describe('loyaltyView', () => {
  it('has every class in words that do not overlap', () => {
    const view = loyaltyView(loyalty({ '<1/1': 100 }));
    expect(view?.rows.map(({ days }) => [days.from, days.to])).toEqual([
      [0, 0],
      [1, 6],
      [7, 29],
      [30, 89],
      [90, null],
    ]);
    expect(view?.weeks.map(({ from, to }) => [from, to])).toEqual([
      [1, 1],
      [2, 3],
      [4, 12],
      [13, null],
    ]);
  });
  it('tells a hidden cell from one with nobody', () => {
    const cells = loyaltyView(loyalty({ '<1/1': 100, '<1/2-3': 20, '<1/13+': null }))?.rows[0]?.cells ?? [];
    expect(cells.map(({ measure, level }) => [measure?.value, level])).toEqual([
      [100, 4],
      [20, 1],
      [undefined, 0],
      [null, 0],
    ]);
  });
  it('is nothing without anybody', () => {
    expect(loyaltyView(loyalty({}))).toBeNull();
    expect(loyaltyView(null)).toBeNull();
  });
});
