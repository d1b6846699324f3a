import type { Handle } from '@sveltejs/kit/hooks';
import { m } from '#lib/paraglide/messages.js';
import { paraglideMiddleware } from '#lib/paraglide/server.js';
import { isCrossSite } from '#lib/server/cross-site.ts';
import { THEME_COOKIE, themeOf } from '#lib/theme.ts';

/**
 * Refuse forms of other sites, find the language in the address and the theme in the cookie. No page
 * is kept by a browser: what fans take back would stay in its cache.
 */
export const handle: Handle = ({ event, resolve }) => {
  if (isCrossSite(event.request.method, event.request.headers)) {
    return new Response('Cross-site form', { status: 403 });
  }
  const theme = themeOf(event.cookies.get(THEME_COOKIE));
  // A copy without the body: the language is in the address, and a form is read only once.
  const asked = new Request(event.request.url, { headers: event.request.headers });
  return paraglideMiddleware(asked, async ({ locale }) => {
    const answer = await resolve(event, {
      transformPageChunk: ({ html }) =>
        html
          .replace('%lang%', locale)
          .replace('%theme%', theme)
          .replace('%away%', m.away_text({}, { locale }))
          .replace('%again%', m.try_again({}, { locale }))
          .replace('%close%', m.close({}, { locale })),
      preload: ({ type, path }) =>
        type === 'js' || type === 'css' || (type === 'font' && /latin-wght/.test(path)),
    });
    if (!answer.headers.has('cache-control')) answer.headers.set('cache-control', 'no-store');
    return answer;
  });
};
