import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RawCell, RawMeasure } from './raw.ts';
import { hiddenCells, isHidden, releaseTable, releaseValue } from './suppression.ts';

const AS_OF = '2026-11-22T10:00:00.000Z';
const measure = (people: number | null, value = people): RawMeasure => ({
  definition: 'engagements@1',
  kind: 'measured',
  value,
  people,
  parts: { raw: 3 },
});
const cell = (key: string, people: number): RawCell => ({
  key,
  people,
  measures: [measure(people, people * 2)],
});

describe('the release of one value', () => {
  it('hides what is about 1 to k − 1 people: value, number of people, interval and parts', () => {
    expect(releaseValue({ ...measure(9), low: 1, high: 2 }, 10, AS_OF)).toEqual({
      value: null,
      kind: 'measured',
      definition: 'engagements@1',
      asOf: AS_OF,
      n: null,
      suppressed: true,
    });
  });

  it('shows what is about nobody, about k people, or about no people at all', () => {
    expect([0, 10, null].map((people) => isHidden(people, 10))).toEqual([false, false, false]);
    expect(releaseValue(measure(10, 1 / 3), 10, AS_OF)).toMatchObject({ value: 0.333333333, n: 10 });
  });

  it('hides nothing with k = 1', () => {
    expect(isHidden(1, 1)).toBe(false);
  });
});

describe('the release of a table', () => {
  it('hides the next smallest cell beside a single hidden one', () => {
    // 4 people are too few; alone they would be total − 30 − 12, so the 12 go too.
    const table = releaseTable([cell('a', 30), cell('b', 4), cell('c', 12)], 10, AS_OF);
    expect(Object.entries(table).map(([key, of]) => [key, of['engagements@1']!.value])).toEqual([
      ['a', 60],
      ['b', null],
      ['c', null],
    ]);
    expect(table['c']!['engagements@1']).toMatchObject({ suppressed: true, n: null });
  });

  it('takes a key that is a name of every object', () => {
    expect(Object.keys(releaseTable([cell('__proto__', 30)], 10, AS_OF))).toEqual(['__proto__']);
  });

  it('never leaves one hidden cell to subtraction, and never shows one that is too small', () => {
    const people = fc.array(fc.nat(30), { maxLength: 8 });
    fc.assert(
      fc.property(people, fc.integer({ min: 1, max: 12 }), (list, k) => {
        const hidden = hiddenCells(list, k);
        list.forEach((count, i) => expect(hidden[i] || count === 0 || count >= k).toBe(true));
        const gone = list.filter((count, i) => hidden[i] && count > 0).length;
        const shown = list.filter((count, i) => !hidden[i] && count > 0).length;
        expect(gone !== 1 || shown === 0).toBe(true);
        if (list.every((count) => count === 0 || count >= k)) expect(gone).toBe(0);
      }),
    );
  });
});
