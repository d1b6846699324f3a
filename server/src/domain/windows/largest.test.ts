import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Largest } from './largest.ts';

describe('the largest part of a sum', () => {
  it('is never told too small, and is over half of the sum only when it may be', () => {
    const value = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 4_000_000_000 }));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 12 }), fc.array(fc.nat(11)), (values, gone) => {
        const largest = new Largest();
        const held = new Map(values.entries());
        for (const each of values) largest.move(2, each, 1);
        for (const at of gone) {
          if (held.has(at)) largest.move(2, held.get(at)!, -1);
          held.delete(at);
        }
        const left = [...held.values()];
        const most = Math.max(0, ...left);
        const sum = left.reduce((all, each) => all + each, 0);
        expect(largest.read(2)).toBeGreaterThanOrEqual(most);
        expect(largest.read(2)).toBeLessThanOrEqual(Math.max(2 * most - 1, 0));
        if (left.filter((each) => each * 2 > most).length === 1)
          expect(largest.read(2)).toBeLessThanOrEqual(sum);
        expect(largest.read(1)).toBe(0);
      }),
    );
  });

  it('is exact when it has its power of two to itself', () => {
    const largest = new Largest();
    for (const each of [100, 60, 40]) largest.move(0, each, 1);
    expect(largest.read(0)).toBe(100);
  });
});
