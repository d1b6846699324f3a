import type { AuditPage, ChainCheckBody } from '@fanfare/contract';
import { fail, redirect } from '@sveltejs/kit';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { access, read, readOptional } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types.js';

const FILTERS = ['from', 'to', 'action', 'actor'] as const;

/** A page of the audit log, as the address narrows it; for people who are signed in. */
export const load: PageServerLoad = async (event) => {
  const { signedIn } = await event.parent();
  if (!signedIn) redirect(303, `${localizeHref('/sign-in')}?next=${encodeURIComponent(event.url.pathname)}`);
  event.setHeaders({ 'cache-control': 'no-store' });
  const query = event.url.searchParams;
  const filter = Object.fromEntries(FILTERS.map((name) => [name, query.get(name) ?? ''])) as Record<
    (typeof FILTERS)[number],
    string
  >;
  const narrowed = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));
  const asked = new URLSearchParams(narrowed);
  const before = query.get('before');
  if (before) asked.set('before', before);
  const [page, { chain }] = await Promise.all([
    readOptional<AuditPage>(event, `audit?${asked}`),
    read<{ chain: ChainCheckBody | null }>(event, 'audit/verify'),
  ]);
  return {
    chain,
    bad: page === null,
    page: page ?? (await read<AuditPage>(event, 'audit')),
    filter: page ? filter : { from: '', to: '', action: '', actor: '' },
    narrowed: page ? narrowed.toString() : '',
    first: before === null || page === null,
  };
};

export const actions: Actions = {
  chain: async (event) => {
    const answer = await access(event).send?.('POST', '/api/v1/audit/verify');
    if (answer?.status !== 202) return fail(answer?.status ?? 503, { refused: true });
    return { began: true };
  },
};
