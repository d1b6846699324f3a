import type { BrandBody, ShareBody, ShareVisit } from '@fanfare/contract';
import { fail } from '@sveltejs/kit';
import { access, read, readOptional } from '#lib/server/api.ts';
import { requireMay } from '#lib/server/require-may.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The links of a brand, and the uses of the one that is looked at. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'shares.manage');
  const path = `brands/${encodeURIComponent(event.params.brand)}`;
  const looked = event.url.searchParams.get('log');
  const log = `${path}/shares/${encodeURIComponent(looked ?? '')}/visits`;
  event.setHeaders({ 'cache-control': 'no-store' });
  const [brand, shares, visits] = await Promise.all([
    read<BrandBody>(event, path),
    read<readonly ShareBody[]>(event, `${path}/shares`),
    looked === null ? null : readOptional<readonly ShareVisit[]>(event, log),
  ]);
  return { brand, shares, looked, visits };
};

export const actions: Actions = {
  end: async (event) => {
    const id = String((await event.request.formData()).get('id') ?? '');
    const path = `/api/v1/brands/${encodeURIComponent(event.params.brand)}/shares/${encodeURIComponent(id)}`;
    const answer = await access(event).send?.('DELETE', path);
    // One that is over already is what was asked for.
    if (answer?.status === 204 || answer?.status === 404) return { ended: true };
    return fail(answer?.status ?? 503, { ended: false });
  },
};
