import { expect, it } from 'vitest';
import { LoopDelay } from './loop-delay.ts';

it('is what lasts for two seconds, not one pause, and not a second without a measure', () => {
  const delays = { count: 0, mean: Number.NaN, reset: () => undefined };
  const delay = new LoopDelay(delays);
  const seen = (count: number, ms: number) => {
    Object.assign(delays, { count, mean: (ms + 10) * 1e6 });
    delay.sample();
    return delay.ms;
  };
  expect(seen(0, Number.NaN)).toBe(0);
  expect(seen(1, 2_500)).toBe(0);
  expect(seen(0, Number.NaN)).toBe(0);
  expect(seen(90, 1)).toBeLessThan(2);
  expect([seen(1, 3_000), seen(1, 4_000), seen(1, 5_000), seen(95, 0)]).toEqual([1, 3_000, 4_000, 0]);
});
