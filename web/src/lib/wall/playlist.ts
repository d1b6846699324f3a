import type { OwnDisplay, WallSlide } from '@fanfare/contract';

/** Every scene of every brand, in the order they are shown. */
export function slidesOf({ brands, wall }: Pick<OwnDisplay, 'brands' | 'wall'>): readonly WallSlide[] {
  return brands.flatMap((brand) => wall.settings.scenes.map((scene) => ({ brand, scene })));
}

/** Are these the same scene of the same brand? */
export function isSame(a: WallSlide | null, b: WallSlide | null): boolean {
  return a?.brand === b?.brand && a?.scene === b?.scene;
}

/**
 * The scene after another, those left out that have nothing to show now. From one that is no longer in
 * the list, the first. @returns `null` when there is none; the only one there is follows itself
 */
export function nextSlide(
  slides: readonly WallSlide[],
  from: WallSlide | null,
  hasContent: (slide: WallSlide) => boolean,
): WallSlide | null {
  const at = slides.findIndex((slide) => isSame(slide, from));
  for (let i = 1; i <= slides.length; i++) {
    const slide = slides[(at + i) % slides.length];
    if (slide && hasContent(slide)) return slide;
  }
  return slides[0] ?? null;
}

/** The scene a wall stays at, when its remote control holds it at one it still has. */
export function pinnedOf(own: Pick<OwnDisplay, 'brands' | 'wall'>): WallSlide | null {
  const { pinned } = own.wall;
  return slidesOf(own).find((slide) => isSame(slide, pinned)) ?? null;
}
