import { WALL_DEFAULTS, type OwnDisplay, type WallScene } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { liteSlide } from './lite-slide.ts';

const own = (scenes: readonly WallScene[], pinned: OwnDisplay['wall']['pinned'] = null): OwnDisplay => ({
  name: 'Hall',
  brands: ['a'],
  places: [{ slug: 'a', name: 'A', timeZone: 'UTC', sector: 'general', demonstration: false }],
  wall: { settings: { ...WALL_DEFAULTS, scenes }, paused: false, pinned },
});
const shown = (display: OwnDisplay) => [0, 1, 2].map((minute) => liteSlide(display, minute * 60_000)?.scene);

describe('liteSlide', () => {
  it('shows another scene each minute, and never words', () => {
    expect(shown(own(['numbers', 'words', 'mood']))).toEqual(['numbers', 'mood', 'numbers']);
    expect(shown(own(['words']))).toEqual([undefined, undefined, undefined]);
  });
  it('stays at a pin, unless it is one on words', () => {
    expect(shown(own(['numbers', 'mood'], { brand: 'a', scene: 'mood' }))).toEqual(['mood', 'mood', 'mood']);
    expect(shown(own(['numbers', 'words'], { brand: 'a', scene: 'words' }))).toEqual([
      'numbers',
      'numbers',
      'numbers',
    ]);
  });
});
