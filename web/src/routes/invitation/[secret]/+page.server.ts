import { fail, redirect } from '@sveltejs/kit';
import type { OfferBody, SessionBody } from '@fanfare/contract';
import { reasonOf } from '#lib/account/reason.ts';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { access, read, readOptional } from '#lib/server/api.ts';
import { passCookies } from '#lib/server/pass-cookies.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';

const pathOf = ({ params }: Pick<RequestEvent, 'params'>) =>
  `invitations/offer/${encodeURIComponent(params.secret)}`;

/** What is offered; nothing when the link was used, withdrawn or is over. */
export const load: PageServerLoad = async (event) => {
  // Not `no-referrer`: browsers would send the form from nowhere.
  event.setHeaders({ 'referrer-policy': 'same-origin' });
  const offer = await readOptional<OfferBody>(event, pathOf(event));
  const { email } = await read<SessionBody>(event, 'session');
  return { offer, isThem: offer !== null && offer.known && offer.email === email };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const name = String(form.get('name') ?? '').trim();
    const password = String(form.get('password') ?? '');
    const asked = form.has('password') ? { name, password } : {};
    const answer = await access(event).send?.('POST', `/api/v1/${pathOf(event)}`, asked);
    if (!answer || answer.status >= 400)
      return fail(answer?.status ?? 503, { refused: reasonOf(answer), name });
    passCookies(event.cookies, answer.setCookie);
    redirect(303, localizeHref('/'));
  },
};
