import type { BrandBody, SnapshotList, SnapshotMeta } from '@fanfare/contract';
import { fail } from '@sveltejs/kit';
import { access, read } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The snapshots of a brand, newest first, a page at a time. */
export const load: PageServerLoad = async (event) => {
  const path = `brands/${encodeURIComponent(event.params.brand)}`;
  const before = event.url.searchParams.get('before');
  const page = before === null ? '' : `&before=${encodeURIComponent(before)}`;
  event.setHeaders({ 'cache-control': 'no-store' });
  const [brand, list] = await Promise.all([
    read<BrandBody>(event, path),
    read<SnapshotList>(event, `${path}/snapshots?limit=30${page}`),
  ]);
  return { brand, list, first: before === null };
};

export const actions: Actions = {
  freeze: async (event) => {
    const form = await event.request.formData();
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const [title, window, audience] = [text('title'), text('window'), text('audience')];
    const path = `/api/v1/brands/${encodeURIComponent(event.params.brand)}/snapshots`;
    const answer = await access(event).send?.('POST', path, { window, title, audience });
    if (answer?.status !== 201) return fail(answer?.status ?? 503, { refused: 'freeze' as const });
    return { made: (answer.body as SnapshotMeta).id };
  },
  remove: async (event) => {
    const id = String((await event.request.formData()).get('id') ?? '');
    const answer = await access(event).send?.('DELETE', `/api/v1/snapshots/${encodeURIComponent(id)}`);
    // One that is gone already is what was asked for.
    if (answer?.status === 204 || answer?.status === 404) return { removed: true };
    return fail(answer?.status ?? 503, { refused: 'remove' as const });
  },
};
