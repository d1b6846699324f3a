import type { WallScene, WallTheme } from '@fanfare/contract';
import { m } from '#lib/paraglide/messages.js';

const SCENES: Readonly<Record<WallScene, () => string>> = {
  numbers: () => m.wall_scene_numbers(),
  line: () => m.wall_scene_line(),
  mood: () => m.wall_scene_mood(),
  networks: () => m.wall_scene_networks(),
  posts: () => m.wall_scene_posts(),
  words: () => m.wall_scene_words(),
};
const THEMES: Readonly<Record<WallTheme, () => string>> = {
  auto: () => m.wall_theme_auto(),
  day: () => m.wall_theme_day(),
  night: () => m.wall_theme_night(),
};

/** Name of a scene, as it stands on the wall. */
export const sceneName = (scene: WallScene): string => SCENES[scene]();

export const themeName = (theme: WallTheme): string => THEMES[theme]();
