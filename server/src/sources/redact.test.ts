import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONNECTOR } from './connectors.ts';
import { redact, redacted } from './redact.ts';

const OPEN = new Set(['object', 'entry.time']);

describe('redact', () => {
  it('keeps keys, and values at open paths alone', () => {
    const value = {
      object: 'page',
      entry: [{ time: 5, from: { id: '42', name: 'Ada' }, message: 'hello', list: [1, 2, 3, 4] }],
      '998877665544': 'x',
    };
    expect(redact(value, OPEN)).toEqual({
      object: 'page',
      entry: [
        {
          time: 5,
          from: { id: '<text>', name: '<text>' },
          message: '<text>',
          list: ['<number>', '<number>', '<number>', '<1 more>'],
        },
      ],
      '<key 2>': '<text>',
    });
  });

  it('lets no text or number of a stranger through, whatever it is given', () => {
    const secret = fc.constantFrom('canary-word', 'Ada Lovelace', '998877665544332211');
    const tree = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        secret,
        fc.constant(998_877_665_544),
        fc.array(tie('any'), { maxLength: 5 }),
        tie('object'),
      ),
      object: fc.dictionary(
        fc.oneof(fc.constantFrom('from', 'id', 'name', 'value', 'message', 'data'), secret),
        tie('any'),
      ),
    })).any;
    fc.assert(
      fc.property(tree, (value) => {
        for (const { open } of Object.values(CONNECTOR)) {
          const text = redacted(value, open(value));
          expect(text).not.toMatch(/canary|Lovelace|998877/);
          expect(text.length).toBeLessThan(4_100);
        }
      }),
      { numRuns: 300 },
    );
  });
});
