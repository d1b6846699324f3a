import { redirect } from '@sveltejs/kit';
import type { FanState } from '#lib/fan/types.ts';
import { getLocale, localizeHref } from '#lib/paraglide/runtime.js';
import { readOptional } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types.js';

export const csr = false;

/** Everything held, on one page to read, print or keep. */
export const load: PageServerLoad = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' });
  const path = `fan/${encodeURIComponent(event.params.brand)}`;
  const state = await readOptional<FanState>(event, `${path}/state?locale=${getLocale()}&read=all`);
  if (!state) redirect(303, localizeHref(`/${path}`));
  return { state };
};
