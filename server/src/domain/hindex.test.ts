import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_FANS, hIndex } from './hindex.ts';

function byFans(fans: readonly number[]): Uint32Array {
  const counts = new Uint32Array(MOST_FANS + 1);
  for (const count of fans) counts[Math.min(count, MOST_FANS)]! += 1;
  return counts;
}

describe('influence.h@1', () => {
  it('is 3 for objects with 10, 8, 5, 2, 1 fans: three have at least three', () => {
    expect(hIndex(byFans([10, 8, 5, 2, 1]), 20).value).toBe(3);
  });

  it('is 0 without objects', () => {
    expect(hIndex(byFans([]), 0).value).toBe(0);
  });

  it('equals the definition read word for word', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 40 }), (fans) => {
        const naive = [...Array(41).keys()]
          .filter((h) => fans.filter((count) => count >= h).length >= h)
          .at(-1);
        expect(hIndex(byFans(fans), 1).value).toBe(naive);
      }),
    );
  });
});
