import type { Measure } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { paceOf } from './velocity.ts';

const of = (value: number | null, rest: Partial<Measure> = {}): Measure => ({
  value,
  kind: value === null ? 'unavailable' : 'computed',
  definition: 'velocity@1',
  asOf: '2026-11-22T10:00:00Z',
  n: 20,
  parts: { recent: 14, weeks: 4, baseline: 10 },
  ...rest,
});

describe('paceOf', () => {
  it('says which way, and from what', () => {
    expect(paceOf(of(1.4))).toEqual({
      state: 'value',
      ratio: 1.4,
      way: 'faster',
      recent: 14,
      baseline: 10,
      weeks: 4,
    });
    expect([0, 0.94, 0.96, 1.04, 1.06].map((value) => paceOf(of(value)))).toMatchObject([
      { way: 'slower' },
      { way: 'slower' },
      { way: 'usual' },
      { way: 'usual' },
      { way: 'faster' },
    ]);
  });
  it('is never a ratio when there is none', () => {
    expect(paceOf(of(null)).state).toBe('unavailable');
    expect(paceOf(of(null, { suppressed: true })).state).toBe('suppressed');
    expect(paceOf(undefined).state).toBe('unavailable');
  });
});
