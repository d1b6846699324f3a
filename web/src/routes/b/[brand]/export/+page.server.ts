import type { BrandBody, SnapshotDetail } from '@fanfare/contract';
import { isWindow } from '@fanfare/contract';
import { error } from '@sveltejs/kit';
import { read } from '#lib/server/api.ts';
import { requireMay } from '#lib/server/require-may.ts';
import type { PageServerLoad } from './$types.js';

/** What is exported: of `?window=` the board of now, or the snapshot of `?snapshot=`. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'exports.make');
  const { searchParams } = event.url;
  const [window, id] = [searchParams.get('window'), searchParams.get('snapshot')];
  event.setHeaders({ 'cache-control': 'no-store' });
  const [brand, snapshot] = await Promise.all([
    read<BrandBody>(event, `brands/${encodeURIComponent(event.params.brand)}`),
    id === null ? null : read<SnapshotDetail>(event, `snapshots/${encodeURIComponent(id)}`),
  ]);
  if (snapshot && snapshot.brand !== brand.slug) error(404, { message: 'Not found', code: 'not_found' });
  return {
    ...{ brand, snapshot, window: isWindow(window) ? window : null },
    ...{ wantsLink: searchParams.get('delivery') === 'link', today: Date.now() },
  };
};
