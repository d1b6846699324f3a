import { readOptional } from '#lib/server/api.ts';
import { THEME_COOKIE, themeOf } from '#lib/theme.ts';
import type { LayoutServerLoad } from './$types.js';

export const load: LayoutServerLoad = async (event) => {
  const session = event.platform?.req.fanfare
    ? await readOptional<{ signedIn: boolean }>(event, 'session')
    : null;
  return { signedIn: session?.signedIn ?? false, theme: themeOf(event.cookies.get(THEME_COOKIE)) };
};
