import { redirect } from '@sveltejs/kit';
import { localPath } from '#lib/server/local-path.ts';
import { THEME_COOKIE, themeOf } from '#lib/theme.ts';
import type { RequestHandler } from './$types.js';

const YEAR_S = 31_536_000;

/** Keeps the chosen theme in a cookie, for pages without script, and goes back. */
export const POST: RequestHandler = async ({ request, cookies }) => {
  const form = await request.formData();
  const theme = themeOf(String(form.get('theme')));
  cookies.set(THEME_COOKIE, theme, { path: '/', maxAge: YEAR_S, httpOnly: false, secure: false });
  redirect(303, localPath(String(form.get('back'))));
};
