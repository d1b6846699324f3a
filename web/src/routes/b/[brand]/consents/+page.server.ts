import type { BrandBody } from '@fanfare/contract';
import { read } from '#lib/server/api.ts';
import { requireMay } from '#lib/server/require-may.ts';
import type { PageServerLoad } from './$types.js';

/** Taking in consents that were given elsewhere; for who may. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'consents.write');
  event.setHeaders({ 'cache-control': 'no-store' });
  return { brand: await read<BrandBody>(event, `brands/${encodeURIComponent(event.params.brand)}`) };
};
