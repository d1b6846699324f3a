import type { BrandBody, WaitingDisplay } from '@fanfare/contract';
import { error, fail } from '@sveltejs/kit';
import { access, organisationIn, read } from '#lib/server/api.ts';
import { draftOf } from '#lib/displays/form.ts';
import { requireMay } from '#lib/server/require-may.ts';
import { within } from '#lib/organisation.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';

/** The television that waits under the code of the address; for people who manage displays. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'displays.manage');
  const of = within('', (await event.parent()).organisation);
  const code = (event.url.searchParams.get('code') ?? '').slice(0, 32);
  const brands = await read<readonly BrandBody[]>(event, `brands${of}`);
  const plain = { code, brands, waiting: null };
  if (code === '' || event.request.method === 'POST') return { ...plain, reason: null };
  const answer = await access(event).read(`${pathOf(code)}${of}`);
  if (answer.status === 200) return { ...plain, waiting: answer.body as WaitingDisplay, reason: null };
  if (answer.status === 404 || answer.status === 429) return { ...plain, reason: reasonOf(answer.status) };
  error(answer.status, { message: 'Error', code: answer.status === 403 ? 'forbidden' : 'unavailable' });
};

const pathOf = (code: string): string => `/api/v1/displays/codes/${encodeURIComponent(code)}`;

function reasonOf(status: number): 'none' | 'locked' | 'wrong' {
  if (status === 404) return 'none';
  return status === 429 ? 'locked' : 'wrong';
}

async function decide(event: RequestEvent, form: FormData, how: 'approval' | 'refusal', body?: object) {
  const code = String(form.get('code') ?? '').slice(0, 32);
  const answer = await access(event).send?.('POST', `${pathOf(code)}/${how}${organisationIn(event)}`, body);
  const status = answer?.status ?? 503;
  return status < 400 ? { done: how } : fail(status, { refused: reasonOf(status) });
}

export const actions: Actions = {
  approve: async (event) => {
    const form = await event.request.formData();
    return decide(event, form, 'approval', draftOf(form));
  },
  refuse: async (event) => decide(event, await event.request.formData(), 'refusal'),
};
