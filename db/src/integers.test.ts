import { describe, expect, it } from 'vitest';
import { formatInt8, parseInt8 } from './integers.ts';

describe('an int8', () => {
  it('is a number both ways while a number can hold it', () => {
    for (const value of [0, -1, 1_700_000_000_000, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
      expect(parseInt8(formatInt8(value))).toBe(value);
    }
  });

  it('is refused rather than rounded', () => {
    for (const text of ['9007199254740992', '-9007199254740992', '9223372036854775807', 'x']) {
      expect(() => parseInt8(text)).toThrow(expect.objectContaining({ code: 'unsafe_integer' }) as Error);
    }
    for (const value of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => formatInt8(value)).toThrow(expect.objectContaining({ code: 'unsafe_integer' }) as Error);
    }
  });

  it('may be sent as text or as a bigint', () => {
    expect(formatInt8('9223372036854775807')).toBe('9223372036854775807');
    expect(formatInt8(9_223_372_036_854_775_807n)).toBe('9223372036854775807');
  });
});
