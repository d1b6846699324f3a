import type { BrandBody, Problem, ScheduleBody, ScheduleDraft, ScheduleList } from '@fanfare/contract';
import { fail, type RequestEvent } from '@sveltejs/kit';
import { draftOf } from '#lib/schedules/draft.ts';
import { read, write } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The boards a brand sends by mail, and what became of the last ones. */
export const load: PageServerLoad = async (event) => {
  const path = `brands/${encodeURIComponent(event.params.brand)}`;
  event.setHeaders({ 'cache-control': 'no-store' });
  const [brand, list] = await Promise.all([
    read<BrandBody>(event, path),
    read<ScheduleList>(event, `${path}/schedules`),
  ]);
  const asked = Number(event.url.searchParams.get('edit') ?? 0);
  return { brand, list, editing: list.schedules.find(({ id }) => id === asked) ?? null };
};

function send(event: RequestEvent, method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) {
  const base = `brands/${encodeURIComponent(event.params['brand'] ?? '')}/schedules`;
  return write(event, method, base + path, body);
}

export const actions: Actions = {
  keep: async (event) => {
    const form = await event.request.formData();
    const draft = draftOf(form);
    const id = Number(form.get('id') ?? 0);
    const kept = await send(event, id > 0 ? 'PUT' : 'POST', id > 0 ? `/${id}` : '', draft);
    if (kept.status >= 400) return refuse(kept, draft);
    const { name, paused } = kept.body as ScheduleBody;
    return { kept: name, paused };
  },
  remove: (event) => act(event, 'DELETE', '', 'removed'),
  pause: (event) => act(event, 'POST', '/pause', 'paused'),
  resume: (event) => act(event, 'POST', '/resume', 'resumed'),
  test: (event) => act(event, 'POST', '/test', 'tested'),
};

async function act(
  event: RequestEvent,
  method: 'POST' | 'DELETE',
  path: string,
  done: 'removed' | 'paused' | 'resumed' | 'tested',
) {
  const id = Number((await event.request.formData()).get('id') ?? 0);
  const answer = await send(event, method, `/${id}${path}`);
  if (answer.status >= 400 && answer.status !== 404) return refuse(answer, null);
  return { done, id };
}

function refuse(answer: { readonly status: number; readonly body: unknown }, draft: ScheduleDraft | null) {
  const { detail = '', code = '' } = (answer.body ?? {}) as Partial<Problem>;
  return fail(answer.status, { refused: code === 'bad_field' ? detail : code, draft });
}
