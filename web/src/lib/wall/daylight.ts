import type { WallTheme } from '@fanfare/contract';

/** Day begins and ends at these hours of the brand's clock. */
const DAY = { from: 7, until: 20 } as const;

/**
 * Is the wall dark now? @param at milliseconds since 1970 @param offset seconds the brand's zone is
 * ahead of UTC at that instant
 */
export function isNight(theme: WallTheme, at: number, offset: number): boolean {
  if (theme !== 'auto') return theme === 'night';
  const hour = new Date(at + offset * 1_000).getUTCHours();
  return hour < DAY.from || hour >= DAY.until;
}
