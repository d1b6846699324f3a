import { describe, expect, it } from 'vitest';
import { PURPOSE_BITS } from '../excerpts/excerpt.ts';
import { ConsentRegistry } from './registry.ts';

const { quote, wall } = PURPOSE_BITS;
const name = (n: number) => n.toString(16).padStart(8, '0').repeat(4);
const grant = (from: number, until = 1_000) => ({ from, until });

describe('consents to showing words', () => {
  it('hold from when they were given, while they and measure are in force', () => {
    const consents = new ConsentRegistry();
    consents.put(1, name(1), { measure: grant(10), quote: grant(20), wall: grant(30, 100) }, 0);
    expect(consents.words(1, 19, 50)).toBe(0);
    expect(consents.words(1, 20, 50)).toBe(quote);
    expect(consents.words(1, 30, 50)).toBe(quote + wall);
    expect(consents.words(1, 30, 100)).toBe(quote);
    expect(consents.words(1, 30, 1_000)).toBe(0);
    consents.put(1, name(1), { quote: grant(20) }, 0);
    expect(consents.words(1, 30, 50)).toBe(0);
  });

  it('are counted, so that nothing is asked when there are none', () => {
    const consents = new ConsentRegistry();
    consents.put(7, name(7), { measure: grant(0) }, 0);
    expect([consents.quotable, consents.words(7, 1, 1)]).toEqual([0, 0]);
    consents.put(9, name(9), { measure: grant(0), wall: grant(0) }, 0);
    consents.put(9, name(9), { measure: grant(0), wall: grant(5) }, 0);
    expect([consents.quotable, consents.words(9, 6, 6), consents.words(8, 6, 6)]).toEqual([1, wall, 0]);
    consents.delete(9);
    expect([consents.quotable, consents.words(9, 6, 6)]).toEqual([0, 0]);
  });

  it('count a consent from the very start of time', () => {
    const consents = new ConsentRegistry();
    consents.put(1, name(1), { measure: grant(0), quote: grant(0) }, 0);
    expect([consents.quotable, consents.words(1, 0, 0)]).toEqual([1, quote]);
  });
});
