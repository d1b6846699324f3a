import type { BrandBody, ImportBody } from '@fanfare/contract';
import { read } from '#lib/server/api.ts';
import { requireMay } from '#lib/server/require-may.ts';
import type { PageServerLoad } from './$types.js';

/** Importing a file of engagements: its columns, a preview, how it goes. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'imports.run');
  event.setHeaders({ 'cache-control': 'no-store' });
  const path = `brands/${encodeURIComponent(event.params.brand)}`;
  const [brand, imports] = await Promise.all([
    read<BrandBody>(event, path),
    read<readonly ImportBody[]>(event, `${path}/imports`),
  ]);
  return { brand, imports };
};
