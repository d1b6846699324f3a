import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInstant, parseInstant } from './instant.ts';

describe('an RFC 3339 instant', () => {
  it('is the same instant in any offset', () => {
    const at = Date.UTC(2026, 10, 22, 10, 0, 0, 123);
    for (const text of [
      '2026-11-22T10:00:00.123Z',
      '2026-11-22t10:00:00.123z',
      '2026-11-22T11:00:00.123+01:00',
      '2026-11-22T04:30:00.123-05:30',
      '2026-11-23T09:59:00.123+23:59',
    ]) {
      expect(parseInstant(text), text).toBe(at);
    }
  });

  it('is read alike in the form that programs write and in any other', () => {
    const number = (min: number, max: number) => fc.integer({ min, max });
    const parts = fc.tuple(number(0, 2_100), number(0, 13), number(0, 32), number(0, 24), number(0, 60));
    fc.assert(
      fc.property(parts, number(0, 61), number(0, 999), ([y, m, d, h, min], s, ms) => {
        const two = (n: number) => String(n).padStart(2, '0');
        const date = `${String(y).padStart(4, '0')}-${two(m)}-${two(d)}T${two(h)}:${two(min)}:${two(s)}`;
        const fraction = String(ms).padStart(3, '0');
        expect(parseInstant(`${date}.${fraction}Z`)).toBe(parseInstant(`${date}.${fraction}0+00:00`));
      }),
      { numRuns: 2_000 },
    );
    for (const odd of ['2026-11-22T10:00:00.12aZ', '2o26-11-22T10:00:00.123Z', '2026-11-22T10:00:0/.123Z']) {
      expect(parseInstant(odd), odd).toBeNull();
    }
  });

  it('may have a fraction of one to nine digits, cut to the millisecond', () => {
    const second = Date.UTC(2026, 0, 1);
    const fractions = { '.1': 100, '.12': 120, '.1239': 123, '.999999999': 999, '': 0 };
    for (const [fraction, ms] of Object.entries(fractions)) {
      expect(parseInstant(`2026-01-01T00:00:00${fraction}Z`)).toBe(second + ms);
    }
  });

  it('knows the days of each month, leap years and the leap second', () => {
    expect(parseInstant('2024-02-29T00:00:00Z')).toBe(Date.UTC(2024, 1, 29));
    expect(parseInstant('2000-02-29T00:00:00Z')).toBe(Date.UTC(2000, 1, 29));
    expect(parseInstant('2016-12-31T23:59:60Z')).toBe(Date.UTC(2017, 0, 1));
    for (const text of ['2026-02-29', '1900-02-29', '2026-04-31', '2026-00-10', '2026-13-01', '2026-01-00']) {
      expect(parseInstant(`${text}T00:00:00Z`), text).toBeNull();
    }
  });

  it('is none without an offset, with other digits, or with anything around it', () => {
    for (const text of [
      '',
      '2026-11-22',
      '2026-11-22T10:00:00',
      '2026-11-22 10:00:00Z',
      '2026-11-22T10:00Z',
      '2026-11-22T24:00:00Z',
      '2026-11-22T10:60:00Z',
      '2026-11-22T10:00:61Z',
      '2026-11-22T10:00:00.Z',
      '2026-11-22T10:00:00.1234567890Z',
      '2026-11-22T10:00:00+24:00',
      '2026-11-22T10:00:00+01:60',
      '2026-11-22T10:00:00+0100',
      ' 2026-11-22T10:00:00Z',
      '2026-11-22T10:00:00Z\n',
      '+02026-11-22T10:00:00Z',
      '0099-11-22T10:00:00Z',
      '２０２６-11-22T10:00:00Z',
    ]) {
      expect(parseInstant(text), JSON.stringify(text)).toBeNull();
    }
  });

  it('comes back from its text, and never throws', () => {
    const years = { min: Date.UTC(100, 0, 1), max: Date.UTC(9_999, 11, 31) };
    fc.assert(fc.property(fc.integer(years), (at) => parseInstant(formatInstant(at)) === at));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const at = parseInstant(text);
        return at === null || Number.isSafeInteger(at);
      }),
    );
  });
});
