import { expect, it } from 'vitest';
import { wallClock } from './wall-clock.ts';

it('writes the wall clock of a zone, over both Sundays when it is set', () => {
  const paris = wallClock('Europe/Paris');
  const at = (instant: string) => paris(Date.parse(instant));
  expect(['2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z'].map(at)).toEqual([
    '2026-03-29T01:59:59',
    '2026-03-29T03:00:00',
  ]);
  expect(['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map(at)).toEqual([
    '2026-10-25T02:30:00',
    '2026-10-25T02:30:00',
  ]);
  expect(wallClock('Asia/Kathmandu')(Date.parse('2026-12-31T18:15:00Z'))).toBe('2027-01-01T00:00:00');
});
