import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { EventSchema, isFault, parseEvent } from './event.ts';
import { KINDS, NETWORKS, VERBS } from './vocabulary.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const schema = Compile(EventSchema);
const like = {
  id: 'post-1/like-1',
  network: 'facebook',
  kind: 'reaction',
  fan: '998877',
  occurredAt: '2026-11-22T09:59:00.123Z',
};
const faultOf = (value: unknown) => {
  const parsed = parseEvent(value, NOW);
  return isFault(parsed) ? [parsed.code, parsed.field] : 'taken';
};

/** Values at the limits of some field. */
const edges = fc.constantFrom<unknown>(
  '',
  'a'.repeat(256),
  'a'.repeat(257),
  0,
  -1,
  2 ** 31,
  1.5,
  null,
  true,
  [],
);
const id = fc.string({ minLength: 1, maxLength: 256 });
const good = fc.record(
  {
    id,
    network: fc.constantFrom(...NETWORKS),
    kind: fc.constantFrom(...KINDS),
    fan: id,
    occurredAt: fc
      .date({ min: new Date(NOW - 86_400_000), max: new Date(NOW), noInvalidDate: true })
      .map((date) => date.toISOString()),
    rev: fc.nat(),
    verb: fc.constantFrom(...VERBS),
    object: id,
    objectOwner: id,
    followers: fc.nat(),
    reaction: fc.string({ minLength: 1, maxLength: 32 }),
    text: fc.string({ maxLength: 500 }),
    lang: fc.constantFrom('fr', 'en-GB'),
    campaign: fc.string({ minLength: 1, maxLength: 64 }),
    url: fc.webUrl(),
  },
  { requiredKeys: ['id', 'network', 'kind', 'fan', 'occurredAt'] },
);

describe('an event', () => {
  it('is taken with its instant in milliseconds, as revision 0 of an addition', () => {
    expect(parseEvent(like, NOW)).toEqual({ ...like, rev: 0, verb: 'add', occurredAt: NOW - 59_877 });
  });

  it('may be removed by id, network and instant alone', () => {
    const { kind: _kind, fan: _fan, ...rest } = like;
    expect(faultOf({ ...rest, verb: 'remove' })).toBe('taken');
    expect(faultOf({ ...rest, verb: 'edit' })).toEqual(['missing_field', 'kind']);
  });

  it('is at most 5 minutes ahead and 25 months old', () => {
    const at = (ms: number) => faultOf({ ...like, occurredAt: new Date(ms).toISOString() });
    expect(at(NOW + 300_000)).toBe('taken');
    expect(at(NOW + 300_001)).toEqual(['in_future', 'occurredAt']);
    expect(at(NOW - 760 * 86_400_000)).toBe('taken');
    expect(at(NOW - 762 * 86_400_000)).toEqual(['too_old', 'occurredAt']);
  });

  it('is never coerced: a number for an id is a fault', () => {
    expect(faultOf({ ...like, id: 5 })).toEqual(['bad_type', 'id']);
    expect(faultOf({ ...like, rev: '1' })).toEqual(['bad_type', 'rev']);
    expect(faultOf({ ...like, fan: null })).toEqual(['bad_type', 'fan']);
  });

  it('has characters, not bytes, in its limits', () => {
    expect(faultOf({ ...like, id: '😀'.repeat(256) })).toBe('taken');
    expect(faultOf({ ...like, id: '😀'.repeat(257) })).toEqual(['too_long', 'id']);
    expect(faultOf({ ...like, text: 'é'.repeat(10_001) })).toEqual(['too_long', 'text']);
  });

  it('has no field but its own, whatever objects inherit', () => {
    for (const field of ['toString', 'constructor', 'valueOf', 'x']) {
      expect(faultOf({ ...like, [field]: 'a' })).toEqual(['unknown_field', field]);
    }
    const text = JSON.stringify(like).replace('{', '{"__proto__":{},');
    expect(faultOf(JSON.parse(text))).toEqual(['unknown_field', '__proto__']);
  });

  it('repeats a field name from outside only when it is short and sound', () => {
    const parsed = parseEvent({ ...like, ['\0\ud83d'.padEnd(500, 'x')]: 1 }, NOW);
    expect(parsed).toMatchObject({ code: 'unknown_field', field: `\ufffd${'x'.repeat(62)}` });
  });

  it('gives an event or a fault for any value, never an exception', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), (value) => {
        const parsed = parseEvent(value, NOW);
        return isFault(parsed) ? parsed.detail.length > 0 : typeof parsed.occurredAt === 'number';
      }),
    );
  });

  it('names no table by what objects come from', () => {
    const event = { id: 'e', network: 'web', kind: 'view', fan: 'f', occurredAt: '2026-11-22T10:00:00Z' };
    for (const name of ['campaign', 'reaction', 'lang'])
      expect(parseEvent({ ...event, [name]: '__proto__' }, Date.parse(event.occurredAt))).toMatchObject({
        code: 'bad_value',
        field: name,
      });
    expect(parseEvent({ ...event, object: '__proto__' }, Date.parse(event.occurredAt))).toMatchObject({
      rev: 0,
    });
  });

  it('is judged by the published schema as by the code', () => {
    const sent = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.string({ unit: 'binary', maxLength: 300 }),
      edges,
    );
    const field = fc.constantFrom(...Object.keys(EventSchema.properties), 'more', 'constructor');
    const changed = fc.tuple(good, field, sent, fc.boolean()).map(([event, name, value, drop]) => {
      const copy: Record<string, unknown> = { ...event };
      if (drop) delete copy[name];
      else copy[name] = value;
      return copy;
    });
    fc.assert(
      fc.property(fc.oneof(good, changed), (event) => {
        const fault = faultOf(event);
        // Not in the schema's power: soundness of text, the age of an instant, what a removal may leave out.
        const beyond =
          Array.isArray(fault) && ['bad_text', 'in_future', 'too_old', 'missing_field'].includes(fault[0]!);
        if (!beyond) expect(schema.Check(event), JSON.stringify([event, fault])).toBe(fault === 'taken');
      }),
      { numRuns: 3_000 },
    );
  });
});
