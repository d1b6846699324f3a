import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consenting, coverage } from './coverage.ts';
import { aWindow, NOON } from './windows/by-hand.fixture.ts';

describe('coverage@1', () => {
  it('is 3 counted ÷ (3 counted + 1 refused) = 0.75', () => {
    expect(coverage(3, 1, 2)).toEqual({
      definition: 'coverage@1',
      kind: 'computed',
      value: 0.75,
      people: 2,
      parts: { counted: 3, refused: 1 },
    });
  });

  it('is 0 when all was refused, and unavailable when nothing happened', () => {
    expect(coverage(0, 4, 0)).toMatchObject({ value: 0, kind: 'computed' });
    expect(coverage(0, 0, 0)).toMatchObject({ value: null, kind: 'unavailable' });
  });

  it('stands for the window alone: of 3 refusals 2 are in the hour, and 1 of them in 5 minutes', () => {
    const { put, counts, board } = aWindow();
    put('a', { fan: 1 });
    for (const minutes of [0, 59, 60]) counts.refuse(NOON / 60_000 - minutes, 1);
    expect(['5m', '1h', '24h'].map((window) => board(window as '5m').coverage)).toEqual([
      1 / 2,
      1 / 3,
      1 / 4,
    ]);
  });

  it('is between 0 and 1, and never falls when one more is counted', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.integer({ min: 1, max: 1_000 }), (counted, refused) => {
        const [now, next] = [coverage(counted, refused, 1), coverage(counted + 1, refused, 1)];
        expect(now.value!).toBeGreaterThanOrEqual(0);
        expect(next.value!).toBeGreaterThan(now.value!);
        expect(next.value!).toBeLessThan(1);
      }),
    );
  });
});

describe('consenting@1', () => {
  it('is the number of fans itself', () => {
    expect(consenting(12)).toEqual({ definition: 'consenting@1', kind: 'measured', value: 12, people: 12 });
  });
});
