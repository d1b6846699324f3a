import { NETWORKS, type BrandBody } from '@fanfare/contract';
import { fail } from '@sveltejs/kit';
import { reasonOf } from '#lib/fan/answers.ts';
import { access, publicOrigin, read } from '#lib/server/api.ts';
import { requireMay } from '#lib/server/require-may.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';

const apiOf = ({ params }: Pick<RequestEvent, 'params'>) =>
  `/api/v1/brands/${encodeURIComponent(params.brand)}`;

/** All that a team needs to invite fans; for who may. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'invitations.send');
  event.setHeaders({ 'cache-control': 'no-store' });
  const brand = await read<BrandBody>(event, `brands/${encodeURIComponent(event.params.brand)}`);
  return { brand, origin: publicOrigin(event), networks: NETWORKS };
};

export const actions: Actions = {
  invite: async (event) => {
    const form = await event.request.formData();
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const email = text('email');
    const answer = await access(event).send?.('POST', `${apiOf(event)}/fans/invite`, {
      network: text('network'),
      fan: text('fan'),
      locale: text('locale'),
      ...(email ? { email } : {}),
    });
    if (!answer || answer.status >= 400) return fail(answer?.status ?? 503, { refused: reasonOf(answer) });
    return { invited: answer.body as { sent: boolean; link?: string } };
  },
  contact: async (event) => {
    const form = await event.request.formData();
    const contact = String(form.get('contact') ?? '').trim();
    const answer = await access(event).send?.('PATCH', apiOf(event), { contact });
    if (!answer || answer.status >= 400) return fail(answer?.status ?? 503, { refused: reasonOf(answer) });
    return { kept: true };
  },
};
