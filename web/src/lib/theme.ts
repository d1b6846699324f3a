/** `system` follows the device. A wall theme joins this list with the wall. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_COOKIE = 'fanfare_theme';

/** The theme a cookie asks for; anything unknown follows the device. */
export function themeOf(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system';
}
