import { expect, it } from 'vitest';
import { UsedCodes } from './used-codes.ts';

it('lets a code open one sign-in of one person, and forgets it when it is no code any more', () => {
  let now = 0;
  const codes = new UsedCodes(() => now);
  expect([codes.take('ada', '123456'), codes.take('ada', '123456')]).toEqual([true, false]);
  expect([codes.take('bob', '123456'), codes.take('ada', '654321')]).toEqual([true, true]);
  now = 89_999;
  expect(codes.take('ada', '123456')).toBe(false);
  now = 90_000;
  expect(codes.take('ada', '123456')).toBe(true);
});
