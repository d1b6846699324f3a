import { describe, expect, it } from 'vitest';
import { ATTEMPTS_MS, Attempts } from './attempts.ts';

describe('attempts at a password', () => {
  it('are few for a crowd, and an honest person gets in within a quarter of an hour', () => {
    let now = 0;
    const attempts = new Attempts(() => now);
    let taken = 0;
    for (let guess = 0; guess < 10_000; guess++)
      if (attempts.password(`10.0.${guess % 200}.1`, 'odile@maison.example', false)) taken++;
    expect(taken).toBe(100);
    expect(attempts.password('192.0.2.7', 'odile@maison.example', false)).toBe(false);
    // Somebody whose browser is signed in already is not locked out by the crowd.
    expect(attempts.password('192.0.2.8', 'odile@maison.example', true)).toBe(true);
    now = ATTEMPTS_MS;
    expect(attempts.password('192.0.2.7', 'odile@maison.example', false)).toBe(true);
  });

  it('are ten for one account from one address, and sixty for an address', () => {
    const attempts = new Attempts(() => 0);
    const from = (account: string) => attempts.password('192.0.2.7', account, true);
    expect(Array.from({ length: 11 }, () => from('a')).lastIndexOf(true)).toBe(9);
    const rest = Array.from({ length: 60 }, (_, index) => from(`b${index}`));
    expect(rest.filter(Boolean)).toHaveLength(49);
    expect(attempts.other('192.0.2.7')).toBe(false);
  });
});
