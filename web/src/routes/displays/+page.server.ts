import type { BrandBody, DisplayBody } from '@fanfare/contract';
import { fail } from '@sveltejs/kit';
import { access, apiPath, publicOrigin, read } from '#lib/server/api.ts';
import { draftOf } from '#lib/displays/form.ts';
import { requireMay } from '#lib/server/require-may.ts';
import { within } from '#lib/organisation.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';

/** Paired televisions; for people who manage them. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'displays.manage');
  const of = within('', (await event.parent()).organisation);
  const [displays, brands] = await Promise.all([
    read<readonly DisplayBody[]>(event, `displays${of}`),
    read<readonly BrandBody[]>(event, `brands${of}`),
  ]);
  return { displays, brands, origin: publicOrigin(event), now: Date.now() };
};

async function send(event: RequestEvent, method: 'PATCH' | 'DELETE', form: FormData, body?: object) {
  const path = apiPath(event, `displays/${encodeURIComponent(String(form.get('id') ?? ''))}`);
  const answer = await access(event).send?.(method, path, body);
  if (!answer || answer.status >= 400) return fail(answer?.status ?? 503, { refused: true as const });
  return { done: method === 'PATCH' ? ('changed' as const) : ('revoked' as const) };
}

export const actions: Actions = {
  change: async (event) => {
    const form = await event.request.formData();
    return send(event, 'PATCH', form, draftOf(form));
  },
  revoke: async (event) => send(event, 'DELETE', await event.request.formData()),
};
