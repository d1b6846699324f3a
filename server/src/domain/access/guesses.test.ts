import { expect, it } from 'vitest';
import { Guesses } from './guesses.ts';

it('counts what is under way as wrong, until it turns out to be right', () => {
  let now = 0;
  const guesses = new Guesses(() => now, 3, 900_000);
  for (let i = 0; i < 3; i++) guesses.wrong(['a']);
  expect(guesses.wait(['a'])).toBe(900);
  guesses.right(['a']);
  expect([guesses.wait(['a']), guesses.wait(['b'])]).toEqual([0, 0]);
  guesses.wrong(['a']);
  expect(guesses.wait(['a', 'b'])).toBe(900);
  now = 899_999;
  expect(guesses.wait(['a'])).toBe(1);
  now = 900_000;
  expect(guesses.wait(['a'])).toBe(0);
  guesses.right(['a']);
  expect(guesses.wait(['a'])).toBe(0);
});
