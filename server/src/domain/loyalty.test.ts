import { describe, expect, it } from 'vitest';
import { loyalty } from './loyalty.ts';

describe('rfe@1', () => {
  it('counts fans by days since the last act and active weeks', () => {
    const cells = loyalty([
      { days: 0, weeks: 13 },
      { days: 0, weeks: 26 },
      { days: 6, weeks: 1 },
      { days: 7, weeks: 3 },
      { days: 90, weeks: 4 },
    ]);
    expect(Object.fromEntries(cells.map(({ key, people }) => [key, people]))).toEqual({
      '<1/13+': 2,
      '<7/1': 1,
      '<30/2-3': 1,
      '90+/4-12': 1,
    });
  });
});
