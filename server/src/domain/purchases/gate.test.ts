import { describe, expect, it } from 'vitest';
import { mayKeep } from './gate.ts';
import { customerOf, isNewer, mailIn, revisionOf } from './order.ts';

const grant = { from: 100, until: 1_000 };

describe('the gate of purchases', () => {
  it('takes both purposes, in force when it was ordered and now', () => {
    const both = { measure: grant, purchases: grant, resting: false };
    expect(mayKeep(both, 100, 500)).toBe(true);
    expect(mayKeep(both, 99, 500)).toBe(false);
    expect(mayKeep(both, 500, 1_000)).toBe(false);
    expect(mayKeep({ ...both, measure: null }, 200, 500)).toBe(false);
    expect(mayKeep({ ...both, purchases: null }, 200, 500)).toBe(false);
    expect(mayKeep({ ...both, purchases: { from: 300, until: 1_000 } }, 200, 500)).toBe(false);
    expect(mayKeep({ ...both, resting: true }, 200, 500)).toBe(false);
  });
});

describe('orders', () => {
  it('are told apart by instant, then by step, then by what is left of them', () => {
    const [early, late] = [revisionOf(5_999, 15), revisionOf(6_000, 0)];
    expect(early).toBeLessThan(late);
    expect(isNewer({ rev: 2, amount: 9 }, { rev: 1, amount: 1 })).toBe(true);
    expect(isNewer({ rev: 1, amount: 1 }, { rev: 1, amount: 9 })).toBe(true);
    expect(isNewer({ rev: 1, amount: 9 }, { rev: 1, amount: 9 })).toBe(false);
  });

  it('know people by an account of the shop, or by a whole address of mail in one form', () => {
    expect(mailIn(' John.Doe@Example.COM ')).toBe('john.doe@example.com');
    for (const bad of ['', '<text>', 'john', 'a@b', null, 7, `${'a'.repeat(260)}@b.fr`])
      expect(mailIn(bad)).toBeNull();
    expect(customerOf('shop.example', '26', 'A@b.fr')).toEqual({
      account: 'shop.example/26',
      mail: 'a@b.fr',
    });
    expect(customerOf('shop.example', null, null)).toEqual({ account: null, mail: null });
  });
});
