import { describe, expect, it } from 'vitest';
import { CAP_EM, smallestText } from './sizes.ts';

describe('smallestText', () => {
  it('gives capitals of 23 mm on 55 inches at 5 m', () => {
    const { vh, enough } = smallestText(55, 5);
    const heightMm = 684.9;
    expect(vh).toBeGreaterThanOrEqual(4.9);
    expect((vh / 100) * heightMm * CAP_EM).toBeCloseTo(23, 0);
    expect(enough).toBe(true);
  });
  it('grows with the distance and shrinks with the screen', () => {
    expect(smallestText(55, 6).vh).toBeGreaterThan(smallestText(55, 5).vh);
    expect(smallestText(75, 5).vh).toBeLessThan(smallestText(55, 5).vh);
    expect(smallestText(110, 10).vh).toBeCloseTo(smallestText(55, 5).vh, 1);
  });
  it('stays where a scene fits, and says when a screen is too small', () => {
    expect(smallestText(120, 1)).toEqual({ vh: 2.6, enough: true });
    expect(smallestText(20, 15)).toEqual({ vh: 7.5, enough: false });
  });
});
