import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BiColumn } from '../bi/views.ts';
import { Fault } from '../fault.ts';
import { parseFilter } from './filter.ts';
import { matches } from './matches.ts';

const columns: BiColumn[] = [
  { name: 'day', type: 'date', comment: '' },
  { name: 'at', type: 'instant', comment: '' },
  { name: 'n', type: 'integer', comment: '' },
  { name: 'share', type: 'decimal', comment: '' },
  { name: 'brand', type: 'text', comment: '' },
  { name: 'none', type: 'integer', comment: '' },
];
const row = {
  day: '2026-11-22',
  at: '2026-11-22T10:00:00.000Z',
  n: 20,
  share: 12.5,
  brand: 'l’été d',
  none: null,
};
const is = (filter: string): boolean => matches(row, parseFilter(filter, columns));

describe('a filter', () => {
  // Forms of the OData ABNF test cases (commonExpr, primitive literals) with the columns that are here.
  it.each([
    ['n eq 20', true],
    ['n ne 20', false],
    ['n gt 19 and n lt 21', true],
    ['20 eq n', true],
    ['n ge 20.0', true],
    ['share le 1.25e1', true],
    ['share lt -1', false],
    ['share lt INF', true],
    ['share eq NaN', false],
    ['n in (1,20,3)', true],
    ['n in (1, 2)', false],
    ["brand eq 'l’été d'", true],
    ["brand eq 'it''s'", false],
    ["brand ne ''", true],
    ['day eq 2026-11-22', true],
    ['day ge 2026-11-01 and day lt 2026-12-01', true],
    ['day ge 2026-11-22T00:00:00Z', true],
    ['at eq 2026-11-22T11:00:00+01:00', true],
    ['at eq 2026-11-22T10:00Z', true],
    ['at gt 2026-11-22T09:59:59.999999999Z', true],
    ['none eq null', true],
    ['none ne null', false],
    ['n ne null', true],
    ['none gt 1', false],
    ['not (none gt 1)', false],
    ['none gt 1 or n eq 20', true],
    ['not (n eq 20)', false],
    ['not n eq 21', true],
    ['n eq 1 or n eq 2 or n eq 20', true],
    ['n eq 20 or n eq 1 and n eq 2', true],
    ['(n eq 20 or n eq 1) and n eq 2', false],
    ['((n eq 20))', true],
    ['true', true],
    ['false or n eq 20', true],
    ['n\teq\t20', true],
  ])('%s', (filter, expected) => {
    expect(is(filter)).toBe(expected);
  });

  it.each([
    ...['', 'n', 'n eq', 'eq 20', 'n eq 20 and', '(n eq 20', 'n eq 20)', 'n = 20', 'n eq 20 20'],
    ...[
      "brand eq 'open",
      'unknown eq 1',
      "n eq 'x'",
      'brand eq 1',
      'day eq 2026-02-30',
      'at eq 2026-13-01T00:00:00Z',
    ],
    ...[
      'n in ()',
      'n in 1',
      "contains(brand,'x')",
      'n add 1 eq 2',
      'n EQ 20',
      'n eq 2x',
      '$it eq 1',
      'n eq 20; drop',
    ],
    ...['constructor eq null', '__proto__ eq null', 'not', 'null', 'n eq day'],
  ])('refuses %s', (filter) => {
    expect(() => parseFilter(filter, columns)).toThrow(Fault);
  });

  it('is bounded in length and depth', () => {
    expect(() => parseFilter(`${'('.repeat(60)}n eq 1${')'.repeat(60)}`, columns)).toThrow('deeper');
    expect(() => parseFilter(`${'not '.repeat(200)}true`, columns)).toThrow('deeper');
    expect(() => parseFilter(' '.repeat(5_000), columns)).toThrow('longer');
    expect(is(Array.from({ length: 200 }, () => 'n eq 1').join(' or '))).toBe(false);
  });

  it('answers anything with a condition or a fault of ours', () => {
    const piece = fc.constantFrom(
      'n',
      'day',
      'eq',
      'in',
      'and',
      'not',
      '(',
      ')',
      ',',
      '1',
      "'x'",
      'null',
      '2026-11-22',
      ' ',
      "'",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(text, (filter) => {
        try {
          matches(row, parseFilter(filter, columns));
        } catch (fault) {
          expect(fault).toBeInstanceOf(Fault);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
