import { fail, redirect } from '@sveltejs/kit';
import type { SessionBody } from '@fanfare/contract';
import { reasonOf } from '#lib/account/reason.ts';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { access, read } from '#lib/server/api.ts';
import { passCookies } from '#lib/server/pass-cookies.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The first owner, for whoever opened the printed link. */
export const load: PageServerLoad = async (event) => {
  const session = await read<SessionBody>(event, 'session');
  if (session.kind !== 'root' || !session.needsOwner) redirect(303, localizeHref('/'));
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const text = (name: string) => String(form.get(name) ?? '');
    const asked = { name: text('name').trim(), email: text('email').trim(), password: text('password') };
    const answer = await access(event).send?.('POST', '/api/v1/set-up', asked);
    if (!answer || answer.status >= 400)
      return fail(answer?.status ?? 503, { refused: reasonOf(answer), name: asked.name, email: asked.email });
    passCookies(event.cookies, answer.setCookie);
    redirect(303, localizeHref('/'));
  },
};
