import type { Board, BrandBody, OwnDisplay } from '@fanfare/contract';
import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { access, read, readOptional } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types.js';

/** The public board of one brand, for a paired television; others see it stand still. */
export const load: PageServerLoad = async (event) => {
  const { signedIn } = await event.parent();
  const own = await readOptional<OwnDisplay>(event, 'displays/own');
  const path = `brands/${encodeURIComponent(event.params.brand)}`;
  const { status } = await access(event).read(`/api/v1/${path}/public-board?window=24h`);
  if (status === 401 && !own) redirect(303, localizeHref('/pair'));
  const first = own?.brands[0];
  if (status === 404 && own && !own.brands.includes(event.params.brand))
    redirect(303, localizeHref(first === undefined ? '/pair' : `/wall/${first}`));
  const [board, brand] = await Promise.all([
    read<Board<'public'>>(event, `${path}/public-board?window=24h`),
    read<BrandBody>(event, path),
  ]);
  return { board, brand, live: own !== null && !signedIn };
};
