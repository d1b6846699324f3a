import type { SessionBody } from '@fanfare/contract';
import { choose } from '#lib/organisation.ts';
import { readOptional } from '#lib/server/api.ts';
import { menuOf } from '#lib/server/menu.ts';
import { THEME_COOKIE, themeOf } from '#lib/theme.ts';
import type { LayoutServerLoad } from './$types.js';

const NOBODY: SessionBody = { signedIn: false, kind: 'visitor', organisations: [], needsOwner: false };

/** Who looks, and what they may do here: with the brand of the address, else in the organisation. */
export const load: LayoutServerLoad = async (event) => {
  const slug = /^\/(?:b|brands|start)\/\[brand\]/.test(event.route.id ?? '')
    ? (event.params.brand ?? null)
    : null;
  const path = slug === null ? 'session' : `session?brand=${encodeURIComponent(slug)}`;
  const session = (event.platform?.req.fanfare && (await readOptional<SessionBody>(event, path))) || NOBODY;
  const asked = session.brand?.organisation ?? event.url.searchParams.get('organisation');
  const organisation = choose(session, asked === null ? null : String(asked));
  const inIt = session.organisations.find(({ id }) => id === organisation?.id)?.may ?? [];
  return {
    signedIn: session.signedIn,
    may: slug === null ? inIt : (session.brand?.may ?? []),
    menu: menuOf(session, slug, organisation),
    organisation,
    theme: themeOf(event.cookies.get(THEME_COOKIE)),
  };
};
