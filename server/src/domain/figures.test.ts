import { describe, expect, it } from 'vitest';
import type { PlatformFigure } from '@fanfare/contract';
import { PlatformFigures, denominatorOf, platformReach } from './figures.ts';

const figure = (network: PlatformFigure['network'], value: number, asOf: number): PlatformFigure => ({
  network,
  window: '24h',
  value,
  asOf,
});

describe('reach.platform@1', () => {
  it('passes one network’s figure through with its own instant', () => {
    expect(platformReach([figure('facebook', 5_000, 77)])).toMatchObject({
      value: 5_000,
      asOf: 77,
      kind: 'measured',
    });
  });

  it('is never added across networks, and absent is unavailable, never 0', () => {
    expect(platformReach([figure('facebook', 5_000, 77), figure('x', 10, 77)])).toMatchObject({
      value: null,
      kind: 'unavailable',
    });
    expect(platformReach([])).toMatchObject({ value: null, kind: 'unavailable' });
  });

  it('keeps the latest by its own instant, whatever the order of arrival', () => {
    const figures = new PlatformFigures();
    figures.put(figure('x', 2, 20));
    figures.put(figure('x', 1, 10));
    expect(figures.get('x', '24h')?.value).toBe(2);
    expect(figures.of('1h')).toEqual([]);
  });

  it('divides a rate only within the window it belongs to', () => {
    const hour = 3_600_000;
    expect(denominatorOf(figure('x', 9, 5 * hour + 1), 5, 60)).toBe(9);
    expect(denominatorOf(figure('x', 9, 5 * hour + 1), 6, 60)).toBeNull();
    expect(denominatorOf(null, 6, 60)).toBeNull();
  });
});
