import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from './canonical.ts';

/** The same value with the keys of every object in another order. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, field]) => [key, reordered(field)] as const);
  return Object.fromEntries(fields.reverse());
}

const json = fc.jsonValue({ maxDepth: 5 }).filter((value) => JSON.stringify(value).isWellFormed());

describe('the canonical text of a value', () => {
  it('is that of RFC 8785, example of section 3.2.2', () => {
    const given =
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],' +
      '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}';
    expect(canonical(JSON.parse(given))).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('has its keys in the order of section 3.2.3', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const text = canonical(Object.fromEntries(keys.map((key) => [key, 0])));
    expect(Object.keys(JSON.parse(text) as object)).toEqual([
      '1',
      '\r',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\ud83d\ude00',
      '\ufb33',
    ]);
    expect(text.indexOf('"\\r"')).toBe(1);
  });

  it('is the same for any order of keys and white space, and reads back as the value', () => {
    fc.assert(
      fc.property(json, fc.nat({ max: 4 }), (value, indent) => {
        const text = canonical(value);
        expect(canonical(reordered(value))).toBe(text);
        expect(canonical(JSON.parse(JSON.stringify(value, null, indent)))).toBe(text);
        expect(canonical(JSON.parse(text))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps a key that is called __proto__', () => {
    expect(canonical(JSON.parse('{"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1}}');
  });

  it('does not exist for what JSON cannot say, or for a hostile depth', () => {
    for (const value of [undefined, NaN, -Infinity, '\ud800', { '\udc00': 1 }, { a: undefined }, 1n, () => 1])
      expect(() => canonical(value)).toThrow(TypeError);
    expect(() => canonical(JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)))).toThrow(TypeError);
  });
});
