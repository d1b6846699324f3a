import type { BrandBody, Exploration, ExploreLoading } from '@fanfare/contract';
import { queryOf, viewOf } from '#lib/explore/address.ts';
import { access, read } from '#lib/server/api.ts';
import { requireMay } from '#lib/server/require-may.ts';
import type { PageServerLoad } from './$types.js';

/** What the address asks for; `null` while the ledger is being read, or when it asks for what cannot be. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'history.read');
  event.setHeaders({ 'cache-control': 'no-store' });
  const path = `brands/${encodeURIComponent(event.params.brand)}`;
  const view = viewOf({ get: (name) => event.url.searchParams.get(name) });
  const call = `${path}/explore${queryOf(view)}`;
  const [brand, answer] = await Promise.all([
    read<BrandBody>(event, path),
    access(event).read(`/api/v1/${call}`),
  ]);
  if (answer.status === 400) return { brand, view, exploration: null, loading: null };
  if (answer.status >= 400) await read(event, call);
  const body = answer.body as Exploration | ExploreLoading;
  if ('loading' in body) return { brand, view, exploration: null, loading: body.loading };
  return { brand, view, exploration: body, loading: null };
};
