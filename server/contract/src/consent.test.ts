import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { ConsentSchema, parseConsent, parseFan } from './consent.ts';
import { isFault } from './event.ts';
import { AGES, METHODS, NETWORKS, PURPOSES } from './vocabulary.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const schema = Compile(ConsentSchema);
const given = {
  network: 'facebook',
  fan: '998877',
  purposes: { measure: true, influence: true, quote: false },
  at: '2026-11-01T09:00:00Z',
  age: '18+',
  method: 'form',
  notice: { version: '2026-11', locale: 'fr' },
  evidence: 'form-77',
};
const faultOf = (value: unknown) => {
  const parsed = parseConsent(value, NOW);
  return isFault(parsed) ? [parsed.code, parsed.field] : 'taken';
};

describe('a consent record', () => {
  it('is taken with its instant in milliseconds', () => {
    expect(parseConsent(given, NOW)).toEqual({ ...given, at: Date.parse(given.at) });
    const { evidence: _evidence, ...bare } = given;
    expect(faultOf(bare)).toBe('taken');
  });

  it('needs every field but the evidence', () => {
    for (const field of ['network', 'fan', 'purposes', 'at', 'age', 'method', 'notice']) {
      expect(faultOf({ ...given, [field]: undefined })).toEqual(['missing_field', field]);
    }
  });

  it('names the field that is wrong, also inside', () => {
    const cases: readonly (readonly [object, string, string])[] = [
      [{ fan: 5 }, 'bad_type', 'fan'],
      [{ fan: 'a\0' }, 'bad_text', 'fan'],
      [{ purposes: [] }, 'bad_type', 'purposes'],
      [{ purposes: {} }, 'bad_type', 'purposes'],
      [{ purposes: { measure: 1 } }, 'bad_type', 'purposes.measure'],
      [{ purposes: { toString: true } }, 'bad_value', 'purposes.toString'],
      [{ notice: 'v1' }, 'bad_type', 'notice'],
      [{ notice: { version: '', locale: 'fr' } }, 'bad_value', 'notice.version'],
      [{ notice: { version: 'v1' } }, 'missing_field', 'notice.locale'],
      [{ notice: { ...given.notice, x: 1 } }, 'unknown_field', 'notice.x'],
      [{ at: '2026-11-22T10:06:00Z' }, 'in_future', 'at'],
      [{ at: 'yesterday' }, 'bad_value', 'at'],
      [{ age: '12' }, 'bad_value', 'age'],
      [{ more: 1 }, 'unknown_field', 'more'],
    ];
    for (const [fields, code, field] of cases)
      expect(faultOf({ ...given, ...fields })).toEqual([code, field]);
  });

  it('gives a record or a fault for any value, and so does a request to withdraw', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), (value) => {
        for (const parsed of [parseConsent(value, NOW), parseFan(value)]) {
          if (isFault(parsed)) expect(parsed.detail).not.toBe('');
        }
      }),
    );
  });

  it('is judged by the published schema as by the code', () => {
    const id = fc.string({ minLength: 1, maxLength: 256 });
    const purposes = fc.dictionary(fc.constantFrom(...PURPOSES), fc.boolean(), { minKeys: 1 });
    const good = fc.record({
      network: fc.constantFrom(...NETWORKS),
      fan: id,
      purposes,
      at: fc.constant(given.at),
      age: fc.constantFrom(...AGES),
      method: fc.constantFrom(...METHODS),
      notice: fc.record({ version: fc.string({ minLength: 1, maxLength: 64 }), locale: fc.constant('fr') }),
      evidence: fc.string({ maxLength: 512 }),
    });
    const sent = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom<unknown>('', 'a'.repeat(513), '😀'.repeat(256), {}, { measure: true, x: true }),
      fc.record({ version: fc.jsonValue(), locale: fc.jsonValue() }),
      fc.dictionary(fc.constantFrom(...PURPOSES, 'all'), fc.jsonValue()),
    );
    const field = fc.constantFrom(...Object.keys(ConsentSchema.properties), 'more', '__proto__');
    const changed = fc.tuple(good, field, sent, fc.boolean()).map(([record, name, value, drop]) => {
      const fields: [string, unknown][] = Object.entries(record).filter(([key]) => key !== name);
      return Object.fromEntries(drop ? fields : [...fields, [name, value]]);
    });
    fc.assert(
      fc.property(fc.oneof(good, changed), (record) => {
        const fault = faultOf(record);
        if (fault[0] === 'bad_text' || fault[0] === 'in_future' || fault[0] === 'too_old') return;
        expect(schema.Check(record), JSON.stringify([record, fault])).toBe(fault === 'taken');
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('a request to withdraw or erase', () => {
  it('names one fan, and purposes only from the list', () => {
    expect(parseFan({ network: 'x', fan: '1' })).toEqual({ network: 'x', fan: '1' });
    expect(parseFan({ network: 'x', fan: '1', purposes: ['quote'] })).toMatchObject({ purposes: ['quote'] });
    for (const purposes of [[], 'quote', ['all'], [1], {}, null]) {
      expect(parseFan({ network: 'x', fan: '1', purposes })).toMatchObject({ field: 'purposes' });
    }
    expect(parseFan({ network: 'x', fan: '1', why: 1 })).toMatchObject({ code: 'unknown_field' });
    expect(parseFan([])).toMatchObject({ code: 'not_an_object' });
  });
});
