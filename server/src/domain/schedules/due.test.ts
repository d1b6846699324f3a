import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAt, minuteOfDay } from '../local-day.ts';
import { latestDue, nextDue, type ScheduleRule } from './due.ts';

const at = (text: string) => Date.parse(text);
const rule = (more: Partial<ScheduleRule> = {}): ScheduleRule => ({
  ...{ cadence: 'daily', weekday: null, day: null, minute: 8 * 60 },
  ...more,
});
const PARIS = 'Europe/Paris';
const run = (given: ScheduleRule, zone: string, from: string, count: number) => {
  const found: string[] = [];
  for (let last = at(from); found.length < count;) {
    last = nextDue(given, zone, last);
    found.push(new Date(last).toISOString().slice(0, 16));
  }
  return found;
};

describe('when a schedule is due', () => {
  it('is the hour of the brand’s zone, before and after the clocks change', () => {
    expect(run(rule(), PARIS, '2026-10-24T00:00:00Z', 3)).toEqual([
      '2026-10-24T06:00',
      '2026-10-25T07:00',
      '2026-10-26T07:00',
    ]);
  });

  it.each([
    // 02:30 is skipped on 29 March: 03:00 is the next instant there is.
    [PARIS, 150, '2026-03-28T00:00:00Z', ['2026-03-28T01:30', '2026-03-29T01:00', '2026-03-30T00:30']],
    // 02:30 comes twice on 25 October.
    [PARIS, 150, '2026-10-24T12:00:00Z', ['2026-10-25T00:30', '2026-10-26T01:30', '2026-10-27T01:30']],
    // Midnight is skipped in Santiago.
    ['America/Santiago', 0, '2026-09-05T12:00:00Z', ['2026-09-06T04:00', '2026-09-07T03:00']],
    // Half an hour alone, on Lord Howe.
    ['Australia/Lord_Howe', 135, '2026-10-03T00:00:00Z', ['2026-10-03T15:30', '2026-10-04T15:15']],
  ])('comes once a day where clocks change, in %s', (zone, minute, from, expected) => {
    expect(run(rule({ minute }), zone, from, expected.length)).toEqual(expected);
  });

  it('does not come again in the second of two equal hours', () => {
    for (const from of ['2026-10-25T00:30:00Z', '2026-10-25T00:59:59Z', '2026-10-25T01:30:00Z'])
      expect(run(rule({ minute: 150 }), PARIS, from, 1)).toEqual(['2026-10-26T01:30']);
  });

  it('is one weekday of the zone, Sunday too', () => {
    const sunday = rule({ cadence: 'weekly', weekday: 7, minute: 150 });
    expect(run(sunday, PARIS, '2026-03-20T00:00:00Z', 3)).toEqual([
      '2026-03-22T01:30',
      '2026-03-29T01:00',
      '2026-04-05T00:30',
    ]);
    expect(
      run(rule({ cadence: 'weekly', weekday: 1, minute: 0 }), 'Pacific/Auckland', '2026-11-22T00:00:00Z', 1),
    ).toEqual(['2026-11-22T11:00']);
  });

  it('is one day of the month, or its last where it has no such day', () => {
    const monthly = (day: number) => rule({ cadence: 'monthly', day });
    const days = (day: number, from: string) =>
      run(monthly(day), PARIS, from, 4).map((text) => text.slice(5, 10));
    expect(days(31, '2026-12-31T12:00:00Z')).toEqual(['01-31', '02-28', '03-31', '04-30']);
    expect(days(30, '2028-01-01T12:00:00Z')).toEqual(['01-30', '02-29', '03-30', '04-30']);
    expect(days(29, '2026-02-01T12:00:00Z')).toEqual(['02-28', '03-29', '04-29', '05-29']);
    expect(days(1, '2026-02-01T12:00:00Z')).toEqual(['03-01', '04-01', '05-01', '06-01']);
  });

  it('was last due at the newest of the times that were missed, and none before it was switched on', () => {
    const now = at('2026-11-22T12:00:00Z');
    expect(latestDue(rule(), PARIS, at('2026-05-01T00:00:00Z'), now)).toBe(at('2026-11-22T07:00:00Z'));
    expect(latestDue(rule(), PARIS, at('2026-11-22T07:00:00Z'), now)).toBeNull();
    expect(latestDue(rule(), PARIS, at('2026-11-22T06:59:59Z'), now)).toBe(at('2026-11-22T07:00:00Z'));
    const monthly = rule({ cadence: 'monthly', day: 31 });
    expect(latestDue(monthly, PARIS, 0, at('2026-03-30T12:00:00Z'))).toBe(at('2026-02-28T07:00:00Z'));
  });

  it('is once on every local day, at its time or where the clocks skip it, in any zone', () => {
    const zones = [PARIS, 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'Asia/Kathmandu'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 1_439 }),
        fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-01T00:00:00Z') }),
        (zone, minute, from) => {
          let last = nextDue(rule({ minute }), zone, from);
          for (let i = 0; i < 10; i++) {
            const next = nextDue(rule({ minute }), zone, last);
            const [a, b] = [last, next]
              .map((one) => dayAt(one, zone))
              .map((d) => Date.UTC(d.year, d.month - 1, d.day));
            expect(b! - a!).toBe(86_400_000);
            const hour = next - last;
            // Where midnight itself is skipped, the minute before is of the day before.
            if (
              minuteOfDay(next, zone) !== minute &&
              dayAt(next - 60_000, zone).day === dayAt(next, zone).day
            )
              expect(minuteOfDay(next - 60_000, zone)).toBeLessThan(minute);
            expect(Math.abs(hour - 86_400_000)).toBeLessThanOrEqual(3_600_000);
            last = next;
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
