import { describe, expect, it } from 'vitest';
import { paceAfter } from './figure-reader.ts';
import type { GraphAnswer } from './graph.ts';

const MINUTE = 60_000;
const failed = (waitMs: number | null): GraphAnswer => ({
  is: 'failed',
  code: 'rate_limited',
  quota: null,
  waitMs,
});

describe('paceAfter', () => {
  it('asks each hour, and after failures ever more rarely up to six hours', () => {
    let pace = paceAfter({ is: 'figures', figures: [], quota: null }, undefined, 0);
    expect(pace).toEqual({ next: 60 * MINUTE, failures: 0 });
    const waits = Array.from({ length: 9 }, () => (pace = paceAfter(failed(null), pace, 0)).next / MINUTE);
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 360, 360]);
    expect(paceAfter({ is: 'figures', figures: [], quota: null }, pace, 0).failures).toBe(0);
  });

  it('waits as long as the network asks, a day at most', () => {
    expect(paceAfter(failed(19 * MINUTE), undefined, 0).next).toBe(19 * MINUTE);
    expect(paceAfter(failed(10_000 * MINUTE), undefined, 0).next).toBe(1_440 * MINUTE);
  });
});
