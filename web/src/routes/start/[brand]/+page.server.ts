import type { Board, BrandBody, NewToken, SessionBody } from '@fanfare/contract';
import { fail } from '@sveltejs/kit';
import { can } from '#lib/may.ts';
import { access, publicOrigin, read } from '#lib/server/api.ts';
import { requireMay } from '#lib/server/require-may.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The other steps of the wizard: a source, its test, the invitation, and the number that arrives. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'sources.manage');
  const { may } = await event.parent();
  event.setHeaders({ 'cache-control': 'no-store' });
  const path = `brands/${encodeURIComponent(event.params.brand)}`;
  const [brand, board] = await Promise.all([
    read<BrandBody>(event, path),
    read<Board>(event, `${path}/board?window=1h`),
  ]);
  return { brand, board, origin: publicOrigin(event), mayMakeToken: can(may, 'tokens.manage') };
};

export const actions: Actions = {
  token: async (event) => {
    const { brand } = event.params;
    const session = await read<SessionBody>(event, `session?brand=${encodeURIComponent(brand)}`);
    const of = session.brand ? `?organisation=${session.brand.organisation}` : '';
    const answer = await access(event).send?.('POST', `/api/v1/tokens${of}`, {
      name: `source ${brand}`,
      scopes: ['ingest', 'consent'],
      brands: [brand],
    });
    if (!answer || answer.status >= 400) return fail(answer?.status ?? 503, { refused: true });
    return { token: (answer.body as NewToken).token };
  },
};
