import { describe, expect, it } from 'vitest';
import { Limiter } from './limiter.ts';

describe('Limiter', () => {
  it('gives each key so many attempts in a window', () => {
    let now = 0;
    const limiter = new Limiter(() => now, 2, 1_000);
    expect(['a', 'a', 'a', 'b'].map((key) => limiter.take(key))).toEqual([true, true, false, true]);
    now = 999;
    expect(limiter.take('a')).toBe(false);
    now = 1_000;
    expect(limiter.take('a')).toBe(true);
  });
  it('does not grow with the number of addresses', () => {
    const limiter = new Limiter(() => 0, 1);
    for (let i = 0; i < 10_000; i++) limiter.take(String(i));
    expect(limiter.take('new')).toBe(true);
    expect(limiter.take('newer')).toBe(false);
  });
});
