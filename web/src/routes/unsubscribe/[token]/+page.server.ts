import type { Subscription } from '@fanfare/contract';
import { error } from '@sveltejs/kit';
import { access, read } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types.js';

const pathOf = (token: string): string => `subscriptions/${encodeURIComponent(token)}`;

/** What the link at the end of a scheduled mail is about, for whoever has it. Opening it changes nothing. */
export const load: PageServerLoad = async (event) => {
  event.setHeaders({
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
  });
  return { subscription: await read<Subscription>(event, pathOf(event.params.token)) };
};

async function set(event: Parameters<NonNullable<Actions['default']>>[0], subscribed: boolean) {
  const path = `/api/v1/${pathOf(event.params['token'] ?? '')}`;
  const answer = await access(event).send?.('PUT', path, { subscribed });
  if (answer?.status !== 200) error(answer?.status ?? 503, { message: 'Not found' });
  return { done: true };
}

export const actions: Actions = {
  leave: (event) => set(event, false),
  join: (event) => set(event, true),
};
