import { describe, expect, it } from 'vitest';
import { zoneOffset } from '../format.ts';
import { fromField, toField } from './local-time.ts';

const paris = (at: number) => zoneOffset('Europe/Paris', at);

describe('instants in a field', () => {
  it('are written and read on the clocks of the zone', () => {
    const at = Date.parse('2026-07-14T12:30:00Z');
    expect(toField(at, paris)).toBe('2026-07-14T14:30');
    expect(fromField('2026-07-14T14:30', paris)).toBe(at);
    expect(fromField('', paris)).toBeNull();
  });
  it('come back around a change of clocks', () => {
    for (const at of ['2026-10-24T23:30:00Z', '2026-10-25T02:30:00Z', '2026-03-29T00:30:00Z'].map(Date.parse))
      expect(fromField(toField(at, paris), paris)).toBe(at);
  });
});
