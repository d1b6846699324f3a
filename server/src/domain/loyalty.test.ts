import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FREQUENCY_CLASSES, RECENCY_CLASSES, loyalty, loyaltyStart } from './loyalty.ts';

describe('rfe@1', () => {
  it('counts fans by days since the last act and active weeks', () => {
    // By hand: 1 + 1 under a day in 13 weeks or more; 2 within the week in one; 3 + 4 in the last cell.
    const cells = loyalty([
      { days: 0, weeks: 13, fans: 1 },
      { days: 0, weeks: 26, fans: 1 },
      { days: 6, weeks: 1, fans: 2 },
      { days: 7, weeks: 3, fans: 1 },
      { days: 90, weeks: 4, fans: 3 },
      { days: 181, weeks: 12, fans: 4 },
    ]);
    expect(Object.fromEntries(cells.map(({ key, people }) => [key, people]))).toEqual({
      '<1/13+': 2,
      '<7/1': 2,
      '<30/2-3': 1,
      '90+/4-12': 7,
    });
  });

  it('starts on a Monday, 25 weeks before the Monday of this week', () => {
    const start = (now: string) => new Date(loyaltyStart(Date.parse(now))).toISOString();
    // Sunday 2026-11-22: its week began on 16 November, and 25 weeks before that is 25 May.
    expect(start('2026-11-22T23:59:59.999Z')).toBe('2026-05-25T00:00:00.000Z');
    expect(start('2026-11-23T00:00:00.000Z')).toBe('2026-06-01T00:00:00.000Z');
  });

  it('puts every fan into one cell of the classes, as the limits say word for word', () => {
    const habit = fc.record({ days: fc.nat(190), weeks: fc.integer({ min: 1, max: 26 }), fans: fc.nat(9) });
    fc.assert(
      fc.property(fc.array(habit), (habits) => {
        const cells = new Map(loyalty(habits).map(({ key, people }) => [key, people]));
        for (const recency of RECENCY_CLASSES) {
          for (const frequency of FREQUENCY_CLASSES) {
            const mine = habits.filter(
              ({ days, weeks }) => isRecent(days, recency) && isFrequent(weeks, frequency),
            );
            const fans = mine.reduce((sum, one) => sum + one.fans, 0);
            expect(cells.get(`${recency}/${frequency}`) ?? 0).toBe(fans);
          }
        }
      }),
    );
  });
});

function isRecent(days: number, name: string): boolean {
  const [least, most] = { '<1': [0, 0], '<7': [1, 6], '<30': [7, 29], '<90': [30, 89] }[name] ?? [90, 999];
  return days >= least! && days <= most!;
}

function isFrequent(weeks: number, name: string): boolean {
  const [least, most] = { '1': [1, 1], '2-3': [2, 3], '4-12': [4, 12] }[name] ?? [13, 26];
  return weeks >= least! && weeks <= most!;
}
