import { describe, expect, it } from 'vitest';
import { Backlogs, MOST_OPEN, alarmOf, remindersOf } from './backlog.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-22T10:00:00Z');

describe('reports that nobody acknowledges', () => {
  it('raise an alarm after a day, a louder one after three, and the loudest when there are too many', () => {
    const after = (hours: number, open = 1) => alarmOf({ open, oldest: NOW - hours * HOUR }, NOW);
    expect(alarmOf({ open: 0, oldest: null }, NOW)).toBeNull();
    expect([after(23.9), after(24), after(71.9), after(72)]).toEqual([null, 'late', 'late', 'escalated']);
    expect(after(0, MOST_OPEN)).toBe('full');
    expect([0, 23.9, 24, 49].map((hours) => remindersOf(NOW - hours * HOUR, NOW))).toEqual([0, 0, 1, 2]);
  });

  it('are counted at once, and put right by what the database has', () => {
    const backlogs = new Backlogs();
    const [brand, other] = [
      { organisation: 1, id: 2 },
      { organisation: 1, id: 3 },
    ];
    backlogs.add(brand, 2, NOW);
    backlogs.add(brand, 1, NOW + 1);
    expect(backlogs.of(brand)).toEqual({ open: 3, oldest: NOW });
    expect(backlogs.of(other)).toEqual({ open: 0, oldest: null });
    backlogs.set([{ brand: other, open: 1, oldest: NOW }]);
    expect(backlogs.of(brand)).toEqual({ open: 0, oldest: null });
  });
});
