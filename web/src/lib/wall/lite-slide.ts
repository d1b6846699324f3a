import type { OwnDisplay, WallBrand, WallScene } from '@fanfare/contract';
import { pinnedOf, slidesOf } from './playlist.ts';

const MINUTE = 60_000;

/**
 * What a wall without script shows in a minute: each minute the next scene. Never words: a page that
 * stands for a minute could not take them back in time. @param now milliseconds since 1970
 */
export function liteSlide(
  own: OwnDisplay,
  now: number,
): { readonly place: WallBrand; readonly scene: WallScene } | null {
  const slides = slidesOf(own).filter(({ scene }) => scene !== 'words');
  const pinned = slides.length > 0 ? pinnedOf(own) : null;
  const slide =
    pinned && pinned.scene !== 'words'
      ? pinned
      : slides[own.wall.paused ? 0 : Math.floor(now / MINUTE) % slides.length];
  const place = own.places.find(({ slug }) => slug === slide?.brand);
  return slide && place ? { place, scene: slide.scene } : null;
}
