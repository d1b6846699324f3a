import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PlatformFigures } from './figures.ts';
import { engagementRate } from './rate.ts';
import { NOON, aWindow } from './windows/by-hand.fixture.ts';

describe('engagement.rate@1', () => {
  it('is 50 engagements ÷ 1 000 reached = 0.05', () => {
    expect(engagementRate(50, 20, 1_000)).toMatchObject({
      value: 0.05,
      parts: { engagements: 50, denominator: 1_000 },
    });
  });

  it('is unavailable without its denominator, never 0', () => {
    expect(engagementRate(50, 20, null)).toMatchObject({ value: null, kind: 'unavailable' });
    expect(engagementRate(50, 20, 0).value).toBeNull();
  });

  it('divides what is left of one network by its figure of the same window, after any history', () => {
    const step = fc.record({ slot: fc.nat(6), fan: fc.integer({ min: 1, max: 3 }), gone: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step), fc.integer({ min: 1, max: 3 }), fc.nat(50), (steps, leaver, reached) => {
        const { put, withdraw, board } = aWindow();
        const held = new Map<number, number>();
        for (const { slot, fan, gone } of steps) {
          put(`e${slot}`, gone ? null : { fan });
          if (gone) held.delete(slot);
          else held.set(slot, fan);
        }
        withdraw(leaver);
        const left = [...held.values()].filter((fan) => fan !== leaver).length;
        const figures = new PlatformFigures();
        figures.put({ network: 'facebook', window: '1h', value: reached, asOf: NOON });
        const of = (window: '1h' | '24h') =>
          board(window, figures).breakdowns['network']![0]?.measures.find(
            ({ definition }) => definition === 'engagement.rate@1',
          );
        expect(of('1h')?.value).toBe(left === 0 ? undefined : reached === 0 ? null : left / reached);
        expect(of('24h')).toBeUndefined();
      }),
    );
  });
});
