import { describe, expect, it } from 'vitest';
import { zoneOffset } from '../format.ts';
import { isNight } from './daylight.ts';

const auto = (at: string, zone: string) => isNight('auto', Date.parse(at), zoneOffset(zone, Date.parse(at)));

describe('isNight', () => {
  it('is what was chosen', () => {
    expect(isNight('day', 0, 0)).toBe(false);
    expect(isNight('night', 43_200_000, 0)).toBe(true);
  });
  it('follows the clock of the brand, in winter and in summer', () => {
    expect(auto('2026-11-22T06:59:00Z', 'Europe/Paris')).toBe(false);
    expect(auto('2026-11-22T05:59:00Z', 'Europe/Paris')).toBe(true);
    expect(auto('2026-11-22T19:00:00Z', 'Europe/Paris')).toBe(true);
    expect(auto('2026-07-14T17:59:00Z', 'Europe/Paris')).toBe(false);
    expect(auto('2026-07-14T18:00:00Z', 'Europe/Paris')).toBe(true);
    expect(auto('2026-11-22T19:00:00Z', 'America/Martinique')).toBe(false);
  });
});
