import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, dayAt, daysBetween, formatDay, parseDay, startOfDay } from './local-day.ts';

const day = (text: string) => parseDay(text)!;
const start = (text: string, zone: string) => new Date(startOfDay(day(text), zone)).toISOString();

describe('a day of a zone', () => {
  it('starts at midnight of its own clocks, whatever they did that day', () => {
    expect(start('2026-03-29', 'Europe/Paris')).toBe('2026-03-28T23:00:00.000Z');
    expect(start('2026-03-30', 'Europe/Paris')).toBe('2026-03-29T22:00:00.000Z');
    expect(start('2026-10-26', 'Europe/Paris')).toBe('2026-10-25T23:00:00.000Z');
    expect(start('2026-11-22', 'Asia/Kolkata')).toBe('2026-11-21T18:30:00.000Z');
  });

  it('starts at one o’clock where midnight is skipped, and at the first of two midnights', () => {
    // Cairo went from 23:59:59 to 01:00 on 2026-04-24, and back from 24:00 to 23:00 on 2026-10-29.
    expect(start('2026-04-24', 'Africa/Cairo')).toBe('2026-04-23T22:00:00.000Z');
    expect(start('2026-10-30', 'Africa/Cairo')).toBe('2026-10-29T22:00:00.000Z');
    // Havana goes from 1:00 back to 0:00: midnight comes twice.
    expect(start('2026-11-01', 'America/Havana')).toBe('2026-11-01T04:00:00.000Z');
  });

  it('holds exactly the instants from its start to the next one’s', () => {
    const zones = ['Europe/Paris', 'Africa/Cairo', 'America/Havana', 'Pacific/Apia', 'America/Sao_Paulo'];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.constantFrom(...zones), (at, zone) => {
        const today = dayAt(at, zone);
        expect(startOfDay(today, zone)).toBeLessThanOrEqual(at);
        expect(dayAt(startOfDay(today, zone), zone)).toEqual(today);
        expect(startOfDay(addDays(today, 1), zone)).toBeGreaterThan(startOfDay(today, zone));
      }),
      { numRuns: 300 },
    );
  });
});

describe('calendar arithmetic', () => {
  it('keeps the day of the month, or takes the last there is', () => {
    expect(formatDay(addMonths(day('2026-01-31'), 1))).toBe('2026-02-28');
    expect(formatDay(addMonths(day('2028-01-31'), 1))).toBe('2028-02-29');
    expect(formatDay(addMonths(day('2026-11-22'), 3))).toBe('2027-02-22');
    expect(formatDay(addMonths(day('2026-12-31'), 2))).toBe('2027-02-28');
  });

  it('counts days over a change of clocks', () => {
    expect(daysBetween(day('2026-03-28'), day('2026-03-31'))).toBe(3);
    expect(daysBetween(day('2026-03-31'), day('2026-03-28'))).toBe(-3);
  });

  it('reads days that exist alone', () => {
    expect(parseDay('2026-02-29')).toBeNull();
    expect(parseDay('2026-13-01')).toBeNull();
    expect(parseDay('2026-11-22T00:00')).toBeNull();
    expect(formatDay(day('2028-02-29'))).toBe('2028-02-29');
  });
});
