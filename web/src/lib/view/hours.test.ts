import { describe, expect, it } from 'vitest';
import type { Series } from '@fanfare/contract';
import { zoneOffset } from '../format.ts';
import { hoursOf } from './hours.ts';

/** 720 hours that end in the hour of Sunday 22 November 2026, 10 h UTC; `value` by the hour's start. */
function month(value: (at: Date) => number | null): Series {
  const last = Date.parse('2026-11-22T10:00:00Z');
  const from = last - 719 * 3_600_000;
  const points = Array.from({ length: 720 }, (_, i) => value(new Date(from + i * 3_600_000)));
  return { from: new Date(from).toISOString(), step: 3600, 'engagements@1': points };
}
const utc = () => 0;
const paris = (at: number) => zoneOffset('Europe/Paris', at);

describe('hours of the week', () => {
  it('are means over four weeks, on the clocks of the brand', () => {
    const at20 = month((at) => (at.getUTCDay() === 5 && at.getUTCHours() === 20 ? 40 : 4));
    const view = hoursOf(at20, utc);
    expect(view?.peak).toEqual({ day: 4, hour: 20, mean: 40 });
    expect(view?.weeks).toBe(4);
    expect(view?.days[4]?.[20]?.level).toBe(4);
    expect(view?.days[0]?.[3]).toEqual({ mean: 4, known: true, level: 1 });
    // All four Fridays are in winter time.
    expect(hoursOf(at20, paris)?.peak).toEqual({ day: 4, hour: 21, mean: 40 });
  });
  it('hide a cell when one of its hours is hidden, and compute nothing from it', () => {
    const view = hoursOf(
      month((at) => (at.getUTCDate() === 9 && at.getUTCHours() === 3 ? null : 10)),
      utc,
    );
    expect(view?.days[0]?.[3]).toEqual({ mean: null, known: true, level: 0 });
    expect(view?.days.flat().filter(({ mean }) => mean === null)).toHaveLength(1);
    expect(view?.hidden).toBe(true);
  });
  it('begin with the first hour in which anything happened', () => {
    const view = hoursOf(
      month((at) => (at.getTime() >= Date.parse('2026-11-21T10:00:00Z') ? 6 : 0)),
      utc,
    );
    expect(view?.weeks).toBe(1);
    expect(view?.days[6]?.[9]?.mean).toBe(6);
    expect(view?.days[0]?.[9]).toEqual({ mean: null, known: false, level: 0 });
  });
  it('are none of a quiet brand, nor of minutes', () => {
    expect(
      hoursOf(
        month(() => 0),
        utc,
      )?.peak,
    ).toBeNull();
    expect(hoursOf({ from: '2026-11-22T10:00:00Z', step: 60 }, utc)).toBeNull();
  });
});
