import { NETWORKS, RIGHTS, type BrandBody, type RightsRequestList } from '@fanfare/contract';
import { fail, type ActionFailure } from '@sveltejs/kit';
import { reasonOf } from '#lib/fan/answers.ts';
import { access, read } from '#lib/server/api.ts';
import { requireMay } from '#lib/server/require-may.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';

/** Noon UTC: the same day in nearly every zone. */
const NOON = 'T12:00:00Z';

/** What people asked of their rights; for who may. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'rights.manage');
  event.setHeaders({ 'cache-control': 'no-store' });
  const closed = event.url.searchParams.get('state') === 'closed';
  const path = `brands/${encodeURIComponent(event.params.brand)}`;
  const [brand, list] = await Promise.all([
    read<BrandBody>(event, path),
    read<RightsRequestList>(event, `${path}/rights?state=${closed ? 'closed' : 'open'}`),
  ]);
  return { brand, list, closed, networks: NETWORKS, rights: RIGHTS };
};

type Done = { done: 'kept' | 'changed' } | ActionFailure<{ refused: string }>;

async function send(
  event: RequestEvent,
  path: string,
  body: object,
  done: 'kept' | 'changed',
): Promise<Done> {
  const brand = encodeURIComponent(event.params.brand);
  const answer = await access(event).send?.('POST', `/api/v1/brands/${brand}/rights${path}`, body);
  if (!answer || answer.status >= 400) return fail(answer?.status ?? 503, { refused: reasonOf(answer) });
  return { done };
}

const text = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

/** Day of a form as an instant, not after now; nothing for today and for none. */
function receivedOn(day: string): { receivedAt?: string } {
  const at = Date.parse(`${day}${NOON}`);
  return Number.isNaN(at) || at > Date.now() ? {} : { receivedAt: new Date(at).toISOString() };
}

export const actions: Actions = {
  open: async (event) => {
    const form = await event.request.formData();
    const [fan, note] = [text(form, 'fan'), text(form, 'note')];
    const body = {
      kind: text(form, 'kind'),
      channel: text(form, 'channel'),
      ...receivedOn(text(form, 'day')),
      ...(fan ? { network: text(form, 'network'), fan } : {}),
      ...(note ? { note } : {}),
    };
    return send(event, '', body, 'kept');
  },
  extend: async (event) => {
    const form = await event.request.formData();
    const path = `/${encodeURIComponent(text(form, 'id'))}/extend`;
    return send(event, path, { reason: text(form, 'reason') }, 'changed');
  },
  close: async (event) => {
    const form = await event.request.formData();
    const answer = text(form, 'answer');
    const body = {
      outcome: text(form, 'outcome'),
      ...(answer ? { answer } : {}),
      ...(form.get('carryOut') === 'yes' ? { carryOut: true } : {}),
    };
    return send(event, `/${encodeURIComponent(text(form, 'id'))}/close`, body, 'changed');
  },
};
