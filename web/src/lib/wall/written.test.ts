import type { Measure } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { Format } from '../format.ts';
import { placeOf, written } from './written.ts';

const format = new Format('fr', 'Europe/Paris');
const measure = (value: number | null, more: Partial<Measure> = {}): Measure => ({
  value,
  kind: 'computed',
  definition: 'reach.active@1',
  asOf: '2026-11-22T10:00:00Z',
  n: null,
  ...more,
});

describe('written', () => {
  it('never writes a zero for what is hidden or not known', () => {
    expect(written(measure(null, { suppressed: true }), 10, 'count', format)).toBe('<\u00a010');
    expect(written(undefined, 10, 'count', format)).toBe('—');
    expect(written(measure(0), 10, 'count', format)).toBe('0');
  });
  it('writes by its kind', () => {
    expect(written(measure(34.1), 10, 'signed', format)).toBe('+34,1');
    expect(written(measure(1_280_000), 10, 'count', format)).toContain('1,28');
    expect(written(measure(812.5, { kind: 'estimated' }), 10, 'points', format)).toBe('≈\u00a0812,5');
  });
});

describe('placeOf', () => {
  it('is the last part of a zone', () => {
    expect(['Europe/Paris', 'America/Argentina/Buenos_Aires', 'UTC'].map(placeOf)).toEqual([
      'Paris',
      'Buenos Aires',
      'UTC',
    ]);
  });
});
