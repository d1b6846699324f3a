import type { Measure } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { changeOf } from './change.ts';
import { readingOf } from './reading.ts';

const of = (value: number | null, more: Partial<Measure> = {}): Measure => ({
  value,
  kind: 'computed',
  definition: 'reach.active@1',
  asOf: '2026-11-22T10:00:00Z',
  n: 20,
  ...more,
});

describe('readingOf', () => {
  it('never turns a missing number into zero', () => {
    expect(readingOf(undefined)).toEqual({ state: 'unavailable' });
    expect(readingOf(of(null, { kind: 'unavailable' }))).toEqual({ state: 'unavailable' });
    expect(readingOf(of(null, { suppressed: true }))).toEqual({ state: 'suppressed' });
    expect(readingOf(of(0))).toEqual({ state: 'value', value: 0, estimated: false });
    expect(readingOf(of(3, { kind: 'estimated' }))).toEqual({ state: 'value', value: 3, estimated: true });
  });
});

describe('changeOf', () => {
  it('tells ratios', () => {
    expect(changeOf(of(118), of(100), 'ratio')).toEqual({ way: 'up', by: 0.18 });
    expect(changeOf(of(50), of(100), 'ratio')).toEqual({ way: 'down', by: 0.5 });
    expect(changeOf(of(1001), of(1000), 'ratio')).toEqual({ way: 'same' });
  });
  it('tells points where zero is a value like any other', () => {
    expect(changeOf(of(3), of(0), 'points')).toEqual({ way: 'up', by: 3 });
    expect(changeOf(of(-3), of(1), 'points')).toEqual({ way: 'down', by: 4 });
  });
  it('has no ratio to nothing', () => {
    expect(changeOf(of(3), of(0), 'ratio')).toEqual({ way: 'new' });
    expect(changeOf(of(0), of(0), 'ratio')).toEqual({ way: 'same' });
  });
  it('hides the change of a hidden value', () => {
    expect(changeOf(of(3), of(null, { suppressed: true }), 'ratio')).toEqual({ way: 'hidden' });
    expect(changeOf(of(3), undefined, 'ratio')).toEqual({ way: 'unknown' });
  });
});
