import type { SignInWays } from '@fanfare/contract';
import { fail } from '@sveltejs/kit';
import { reasonOf } from '#lib/account/reason.ts';
import { access, read } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** For who forgot their password. */
export const load: PageServerLoad = async (event) => ({
  mail: (await read<SignInWays>(event, 'sign-in-ways')).mail,
});

export const actions: Actions = {
  default: async (event) => {
    const email = String((await event.request.formData()).get('email') ?? '').trim();
    const answer = await access(event).send?.('POST', '/api/v1/password-resets', { email });
    if (answer?.status !== 202) return fail(answer?.status ?? 503, { refused: reasonOf(answer), email });
    return { asked: email };
  },
};
