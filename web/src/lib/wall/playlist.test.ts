import { WALL_DEFAULTS, type WallSlide, type WallState } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { nextSlide, pinnedOf, slidesOf } from './playlist.ts';

const wall = (pinned: WallSlide | null = null): WallState => ({
  settings: { ...WALL_DEFAULTS, scenes: ['numbers', 'words'] },
  paused: false,
  pinned,
});
const own = { brands: ['a', 'b'], wall: wall() };
const all = () => true;

describe('the playlist', () => {
  it('goes through the scenes of each brand, and round', () => {
    const slides = slidesOf(own);
    let slide: WallSlide | null = null;
    const seen: string[] = [];
    for (let i = 0; i < 5; i++) {
      slide = nextSlide(slides, slide, all);
      seen.push(`${slide?.brand} ${slide?.scene}`);
    }
    expect(seen).toEqual(['a numbers', 'a words', 'b numbers', 'b words', 'a numbers']);
  });
  it('leaves out what has nothing to show, and stays rather than show nothing', () => {
    const slides = slidesOf(own);
    const noWords = ({ scene }: WallSlide) => scene !== 'words';
    expect(nextSlide(slides, { brand: 'a', scene: 'numbers' }, noWords)).toEqual({
      brand: 'b',
      scene: 'numbers',
    });
    expect(nextSlide(slides, null, () => false)).toEqual(slides[0]);
    expect(nextSlide([], null, all)).toBeNull();
  });
  it('begins anew when the scene it was at is gone', () => {
    expect(nextSlide(slidesOf(own), { brand: 'c', scene: 'line' }, all)).toEqual(slidesOf(own)[0]);
  });
  it('stays at a pin it still has', () => {
    const pin: WallSlide = { brand: 'b', scene: 'words' };
    expect(pinnedOf({ ...own, wall: wall(pin) })).toEqual(pin);
    expect(pinnedOf({ brands: ['a'], wall: wall(pin) })).toBeNull();
    expect(pinnedOf(own)).toBeNull();
  });
});
