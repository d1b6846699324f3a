import { describe, expect, it } from 'vitest';
import { hiddenBuckets } from './series.ts';

/** Buckets of the hour window, 20 people each but for those named by their minutes before now. */
function hour(named: Readonly<Record<number, number>>): number[] {
  return Array.from({ length: 60 }, (_, i) => named[59 - i] ?? 20);
}
const minutes = (people: readonly number[]) =>
  hiddenBuckets(people, 10, '1h').flatMap((is, i) => (is ? [59 - i] : []));

describe('the buckets of a series that are hidden', () => {
  it('have company on their own side of a shorter window’s start, as its total is known', () => {
    expect(minutes(hour({ 30: 3, 40: 15, 2: 11 }))).toEqual([40, 30]);
    expect(minutes(hour({ 2: 3, 40: 15, 3: 18 }))).toEqual([3, 2]);
  });

  it('take an empty one along when all others are empty', () => {
    const alone = Array.from({ length: 60 }, (_, i) => (i === 20 ? 3 : 0));
    expect(hiddenBuckets(alone, 10, '1h').filter(Boolean)).toHaveLength(2);
  });

  it('are none when every bucket is about enough people or nobody', () => {
    expect(minutes(hour({ 30: 0, 31: 10 }))).toEqual([]);
  });
});
