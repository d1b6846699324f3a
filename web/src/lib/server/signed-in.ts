import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#lib/paraglide/runtime.js';

/** Send somebody who is not signed in to do so, and back. */
export function requireSignedIn(signedIn: boolean, url: URL): void {
  if (signedIn) return;
  redirect(303, `${localizeHref('/sign-in')}?next=${encodeURIComponent(url.pathname + url.search)}`);
}
