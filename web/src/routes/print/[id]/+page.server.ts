import type { PrintedSnapshot } from '@fanfare/contract';
import { read } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types.js';

/** One snapshot for paper; for whoever may read it, and for the server's own browser by its ticket. */
export const load: PageServerLoad = async (event) => {
  const ticket = event.url.searchParams.get('ticket');
  const query = ticket === null ? '' : `?ticket=${encodeURIComponent(ticket)}`;
  event.setHeaders({
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
    'referrer-policy': 'no-referrer',
  });
  const path = `snapshots/${encodeURIComponent(event.params.id)}/print${query}`;
  // The picture of a mail holds the curves alone: its figures are text.
  const isForMail = event.url.searchParams.get('part') === 'mail';
  return { ...(await read<PrintedSnapshot>(event, path)), isForMail };
};
