import { describe, expect, it } from 'vitest';
import { Limiter, callerOf } from './limiter.ts';

describe('callerOf', () => {
  it('takes households, not addresses, of IPv6', () => {
    for (const address of [
      '2001:db8:0:7::1',
      '2001:DB8:0:7:1:2:3:4',
      '2001:db8:0:7:ffff::',
      '2001:db8::7:0:0:0:9',
    ]) {
      expect(callerOf(address)).toBe('2001:db8:0:7');
    }
    expect(callerOf('2001:db8:0:8::1')).toBe('2001:db8:0:8');
    expect(callerOf('::1')).toBe('0:0:0:0');
    expect(callerOf('fe80::1%eth0')).toBe('fe80:0:0:0');
  });
  it('takes an address of IPv4 as it is, however written', () => {
    expect(callerOf('192.0.2.7')).toBe('192.0.2.7');
    expect(callerOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
  });
});

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
