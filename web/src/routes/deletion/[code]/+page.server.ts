import type { DeletionBody } from '@fanfare/contract';
import { readOptional } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types.js';

export const csr = false;

/** What became of a deletion that a network asked for, for whoever asked it. */
export const load: PageServerLoad = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store' });
  const { code } = event.params;
  return { code, deletion: await readOptional<DeletionBody>(event, `deletions/${encodeURIComponent(code)}`) };
};
