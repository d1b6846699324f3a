import type { ResetOf } from '@fanfare/contract';
import { fail, redirect } from '@sveltejs/kit';
import { reasonOf } from '#lib/account/reason.ts';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { access } from '#lib/server/api.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';

const pathOf = ({ params }: Pick<RequestEvent, 'params'>) =>
  `/api/v1/password-resets/${encodeURIComponent(params.secret)}`;

/** Choosing another password, for who has a link to do so. */
export const load: PageServerLoad = async (event) => {
  // Not `no-referrer`: browsers would send the form from nowhere.
  event.setHeaders({ 'referrer-policy': 'same-origin' });
  const answer = await access(event).read(pathOf(event));
  if (answer.status === 200) return { of: answer.body as ResetOf, why: null };
  return { of: null, why: answer.status === 403 ? null : reasonOf(answer) };
};

export const actions: Actions = {
  default: async (event) => {
    const password = String((await event.request.formData()).get('password') ?? '');
    const answer = await access(event).send?.('POST', pathOf(event), { password });
    if (answer?.status !== 204) return fail(answer?.status ?? 503, { refused: reasonOf(answer) });
    redirect(303, `${localizeHref('/sign-in')}?password=changed`);
  },
};
