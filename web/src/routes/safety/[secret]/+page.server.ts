import type { SafetyLinkBody } from '@fanfare/contract';
import { fail } from '@sveltejs/kit';
import { access, readOptional } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const csr = false;

/** Which report the link of a mail is about, for whoever has it. Opening it acknowledges nothing. */
export const load: PageServerLoad = async (event) => {
  event.setHeaders({ 'cache-control': 'no-store' });
  const path = `safety/${encodeURIComponent(event.params.secret)}`;
  return { report: await readOptional<SafetyLinkBody>(event, path) };
};

export const actions: Actions = {
  default: async (event) => {
    const path = `/api/v1/safety/${encodeURIComponent(event.params.secret)}`;
    const answer = await access(event).send?.('POST', path);
    if (!answer || answer.status >= 400) return fail(answer?.status ?? 503, { failed: true });
    return { failed: false };
  },
};
