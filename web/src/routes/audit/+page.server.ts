import type { AuditPage, ChainCheckBody } from '@fanfare/contract';
import { fail } from '@sveltejs/kit';
import { within } from '#lib/organisation.ts';
import { access, apiPath, read, readOptional } from '#lib/server/api.ts';
import { requireMay } from '#lib/server/require-may.ts';
import type { Actions, PageServerLoad } from './$types.js';

const FILTERS = ['from', 'to', 'action', 'actor'] as const;

/** A page of the audit log, as the address narrows it; for who may read it. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'audit.read');
  const { organisation } = await event.parent();
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
    readOptional<AuditPage>(event, within(`audit?${asked}`, organisation)),
    read<{ chain: ChainCheckBody | null }>(event, within('audit/verify', organisation)),
  ]);
  return {
    chain,
    bad: page === null,
    page: page ?? (await read<AuditPage>(event, within('audit', organisation))),
    filter: page ? filter : { from: '', to: '', action: '', actor: '' },
    narrowed: page ? narrowed.toString() : '',
    first: before === null || page === null,
  };
};

export const actions: Actions = {
  chain: async (event) => {
    const answer = await access(event).send?.('POST', apiPath(event, 'audit/verify'));
    if (answer?.status !== 202) return fail(answer?.status ?? 503, { refused: true });
    return { began: true };
  },
};
