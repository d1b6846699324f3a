import { describe, expect, it } from 'vitest';
import { duration, progressLine } from './progress.ts';

describe('the progress of a replay', () => {
  const state = { share: 0.25, received: 5_000, counts: 'counted 4990, refused 10', elapsed: 10_000 };

  it('tells percent, speed, outcomes and time left', () => {
    expect(progressLine(state, false)).toBe('25 % · 500 events/s · counted 4990, refused 10 · 30 s left');
  });

  it('draws a bar on a terminal', () => {
    expect(progressLine(state, true)).toMatch(/^\[######-{18}\] 25 %/);
  });

  it('promises nothing before the start', () => {
    const line = progressLine({ share: 0, received: 0, counts: 'counted 0', elapsed: 0 }, false);
    expect(line).toBe('0 % · 0 events/s · counted 0');
  });

  it('says long times in hours', () => {
    expect([duration(900), duration(90_000), duration(3 * 3_600_000 + 60_000)]).toEqual([
      '1 s',
      '2 min',
      '3 h 1 min',
    ]);
  });
});
