import type { Problem, SharedSnapshot } from '@fanfare/contract';
import { error, fail, redirect } from '@sveltejs/kit';
import { access } from '#lib/server/api.ts';
import { passCookies } from '#lib/server/pass-cookies.ts';
import type { Actions, PageServerLoad } from './$types.js';

const pathOf = (secret: string): string => `/api/v1/shared/${encodeURIComponent(secret)}`;

/** A snapshot for whoever has its link; asks for the passphrase first where there is one. */
export const load: PageServerLoad = async (event) => {
  event.setHeaders({
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
  });
  const answer = await access(event).read(pathOf(event.params.secret));
  if (answer.status === 200) return { shared: answer.body as SharedSnapshot };
  const { code } = answer.body as Partial<Problem>;
  if (code === 'passphrase_needed') return { shared: null };
  error(answer.status, { message: 'Not found', ...(code ? { code } : {}) });
};

export const actions: Actions = {
  default: async (event) => {
    const passphrase = String((await event.request.formData()).get('passphrase') ?? '');
    const path = `${pathOf(event.params.secret)}/passphrase`;
    const answer = await access(event).send?.('POST', path, { passphrase });
    if (answer?.status === 204) {
      passCookies(event.cookies, answer.setCookie);
      redirect(303, event.url.pathname);
    }
    const locked = answer?.status === 429;
    return fail(answer?.status ?? 503, { refused: locked ? ('locked' as const) : ('wrong' as const) });
  },
};
