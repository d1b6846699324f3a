import { describe, expect, it } from 'vitest';
import { releasePurchases } from './release.ts';

const sum = { month: '2026-11', currency: 'EUR', orders: 40, people: 12, amount: 90_000, largest: 9_000 };
const shown = (change: Partial<typeof sum>, k = 10) =>
  releasePurchases([{ ...sum, ...change }], 0, k).months[0];

describe('what a brand sees of purchases', () => {
  it('is exact from k people on', () => {
    expect(shown({})).toEqual({ month: '2026-11', currency: 'EUR', orders: 40, people: 12, amount: 90_000 });
    expect(shown({ people: 10 })?.people).toBe(10);
  });

  it('is hidden whole below', () => {
    const hidden = { month: '2026-11', currency: 'EUR', orders: null, people: null, amount: null };
    for (const people of [1, 9]) expect(shown({ people })).toEqual(hidden);
    expect(shown({ people: 1 }, 1)?.orders).toBe(40);
  });

  it('tells no amount that is one person’s for the most part', () => {
    expect(shown({ largest: 45_001 })).toMatchObject({ orders: 40, amount: null });
    expect(shown({ largest: 45_000 })?.amount).toBe(90_000);
    expect(shown({ largest: 90_000 }, 1)?.amount).toBe(90_000);
  });
});
