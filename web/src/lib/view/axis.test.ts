import { describe, expect, it } from 'vitest';
import { zoneOffset } from '../format.ts';
import { highest, linesOf, niceStep, niceTop, timeTicks } from './axis.ts';

const paris = (at: number) => zoneOffset('Europe/Paris', at);
const at = (text: string) => Date.parse(text);
const texts = (list: readonly number[]) => list.map((t) => new Date(t).toISOString());

describe('timeTicks', () => {
  it('is round on the local clock', () => {
    const { at: list, days } = timeTicks(at('2026-11-21T13:20:00Z'), at('2026-11-22T13:20:00Z'), 5, paris);
    expect(days).toBe(false);
    expect(texts(list)).toEqual([
      '2026-11-21T17:00:00.000Z',
      '2026-11-21T23:00:00.000Z',
      '2026-11-22T05:00:00.000Z',
      '2026-11-22T11:00:00.000Z',
    ]);
  });
  it('falls on local midnights, over the end of summer time too', () => {
    const { at: list, days } = timeTicks(at('2026-10-23T12:00:00Z'), at('2026-10-27T12:00:00Z'), 5, paris);
    expect(days).toBe(true);
    expect(texts(list)).toEqual([
      '2026-10-23T22:00:00.000Z',
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
      '2026-10-26T23:00:00.000Z',
    ]);
  });
  it('never gives more than was asked for', () => {
    for (const hours of [0.08, 1, 24, 168, 720])
      for (const most of [2, 3, 6])
        expect(timeTicks(0, hours * 3_600_000, most, paris).at.length).toBeLessThanOrEqual(most + 1);
  });
});

describe('niceTop', () => {
  it('leaves room and seldom moves', () => {
    expect([0, 3, 4.1, 47, 99, 100, 101, 1234].map(niceTop)).toEqual([4, 4, 6, 60, 100, 100, 120, 1600]);
    expect(niceTop(Number.NaN)).toBe(4);
  });
});

describe('niceStep', () => {
  it('divides the scale into equal whole parts', () => {
    expect([4, 6, 10, 60, 120, 160, 2400].map(niceStep)).toEqual([1, 3, 5, 15, 30, 40, 600]);
  });
});

describe('linesOf', () => {
  it('runs from zero to the top', () => {
    expect(linesOf(160)).toEqual([0, 40, 80, 120, 160]);
    expect(linesOf(6)).toEqual([0, 3, 6]);
  });
});

describe('highest', () => {
  it('leaves hidden values out', () => {
    expect(highest([1, null, 7], [], [3])).toBe(7);
    expect(highest([null])).toBe(0);
  });
});
