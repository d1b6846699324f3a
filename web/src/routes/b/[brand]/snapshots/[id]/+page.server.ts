import type { Snapshot, SnapshotDetail } from '@fanfare/contract';
import { error } from '@sveltejs/kit';
import { read } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types.js';

/** One snapshot as it was frozen, and what happened since. */
export const load: PageServerLoad = async (event) => {
  const path = `snapshots/${encodeURIComponent(event.params.id)}`;
  event.setHeaders({ 'cache-control': 'no-store' });
  const [detail, file] = await Promise.all([
    read<SnapshotDetail>(event, path),
    read<{ readonly snapshot: Snapshot }>(event, `${path}.json`),
  ]);
  if (detail.brand !== event.params.brand) error(404, { message: 'Not found', code: 'not_found' });
  return { detail, snapshot: file.snapshot };
};
