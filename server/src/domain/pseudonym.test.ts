import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPseudonyms } from './pseudonym.ts';

describe('pseudonyms', () => {
  it('are HMAC-SHA-256 cut to 128 bits', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.string({ maxLength: 1500, unit: 'binary' }),
        (key, id) => {
          const expected = createHmac('sha256', key).update(`fan\0x\0${id}`).digest('hex').slice(0, 32);
          expect(createPseudonyms(key).person('x', id)).toBe(expected);
        },
      ),
    );
  });

  it('differ between people and events, networks and brands', () => {
    const [a, b] = [createPseudonyms(new Uint8Array(32)), createPseudonyms(new Uint8Array(32).fill(1))];
    const names = [a.person('x', '1'), a.event('x', '1'), a.person('web', '1'), b.person('x', '1')];
    expect(new Set(names).size).toBe(4);
  });
});
