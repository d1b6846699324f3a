import type { BrandBody } from '@fanfare/contract';
import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { read } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types.js';

/** Taking in consents that were given elsewhere; for people who are signed in. */
export const load: PageServerLoad = async (event) => {
  const { signedIn } = await event.parent();
  if (!signedIn) {
    const next = encodeURIComponent(event.url.pathname);
    redirect(303, `${localizeHref('/sign-in')}?next=${next}`);
  }
  event.setHeaders({ 'cache-control': 'no-store' });
  return { brand: await read<BrandBody>(event, `brands/${encodeURIComponent(event.params.brand)}`) };
};
