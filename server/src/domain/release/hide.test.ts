import { describe, expect, it } from 'vitest';
import type { RawCell } from '../raw.ts';
import { hiddenCells } from './hide.ts';
import { releaseTable } from './table.ts';

const hidden = (people: readonly number[], k: number, around = {}) =>
  hiddenCells(people, k, around).flatMap((is, i) => (is ? [people[i]] : []));

describe('the cells of a table that are hidden', () => {
  it('are as many as leave subtraction about k people: 4 and 3 are 7, so the 12 go too', () => {
    expect(hidden([30, 4, 3, 12], 10)).toEqual([4, 3, 12]);
    expect(hidden([30, 6, 5, 12], 10)).toEqual([6, 5]);
  });

  it('may be the same people: of 6 and 5 sure are 6, unless the whole says more', () => {
    expect(hidden([30, 6, 5, 12], 10, { whole: 40 })).toEqual([6, 5, 12]);
    expect(hidden([30, 6, 5, 12], 10, { whole: 52 })).toEqual([6, 5]);
  });

  it('are never each at their smallest value: eleven cells of one act each add up to eleven', () => {
    const ones = Array.from({ length: 11 }, () => 1);
    expect(hidden([...ones, 20, 30], 10)).toEqual([...ones, 20]);
  });

  it('include a shown one when what is not listed is about too few', () => {
    expect(hidden([30, 12], 10, { whole: 45, rest: { count: 9, people: 3 } })).toEqual([12]);
    expect(hidden([30, 12], 10, { whole: 60, rest: { count: 90, people: 20 } })).toEqual([]);
  });

  it('may hide behind what is not listed, unless another total tells that apart', () => {
    const rest = { count: 90, people: 40 };
    expect(hidden([30, 4, 3], 10, { whole: 60, rest })).toEqual([4, 3]);
    expect(hidden([30, 4, 3], 10, { whole: 60, rest: { ...rest, apart: true } })).toEqual([30, 4, 3]);
  });

  it('are not even named when each of them can only be one', () => {
    const one = (key: string): RawCell => ({
      key,
      people: 1,
      measures: [{ definition: 'engagements@1', kind: 'measured', value: 1, people: 1 }],
    });
    const ones = Array.from('abcdefghij', one);
    const known = (count: number) =>
      Object.keys(releaseTable(ones.slice(0, count), 10, '', { whole: count }));
    expect(known(10)).toEqual([]);
    const more: RawCell = { ...one('k'), measures: [{ ...one('k').measures[0]!, value: 13 }] };
    expect(Object.keys(releaseTable([...ones, more], 10, ''))).toHaveLength(11);
  });
});
