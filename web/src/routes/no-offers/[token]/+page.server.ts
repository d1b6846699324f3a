import type { OfferLink } from '@fanfare/contract';
import { error } from '@sveltejs/kit';
import { read, write } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types.js';

const pathOf = (token: string): string => `no-offers/${encodeURIComponent(token)}`;

/** What the link is about that came with an offer, for whoever has it. Opening it changes nothing. */
export const load: PageServerLoad = async (event) => {
  event.setHeaders({
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
  });
  return { link: await read<OfferLink>(event, pathOf(event.params.token)) };
};

export const actions: Actions = {
  end: async (event) => {
    const { status } = await write(event, 'POST', pathOf(event.params['token'] ?? ''), {});
    if (status !== 204) error(status, { message: 'Not found' });
    return { done: true };
  },
};
