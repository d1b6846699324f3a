import type { AlertDraft, AlertList, AlertPreview, BrandBody, NewAlert, Problem } from '@fanfare/contract';
import { fail, type RequestEvent } from '@sveltejs/kit';
import { draftOf } from '#lib/alerts/draft.ts';
import { read, write } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The alerts of a brand, where each stands, and what happened lately. */
export const load: PageServerLoad = async (event) => {
  const path = `brands/${encodeURIComponent(event.params.brand)}`;
  event.setHeaders({ 'cache-control': 'no-store' });
  const [brand, list] = await Promise.all([
    read<BrandBody>(event, path),
    read<AlertList>(event, `${path}/alerts`),
  ]);
  const asked = Number(event.url.searchParams.get('edit') ?? 0);
  return { brand, list, editing: list.alerts.find(({ id }) => id === asked) ?? null };
};

/** Send one write about the alerts of the brand. */
function send(event: RequestEvent, method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) {
  const base = `brands/${encodeURIComponent(event.params['brand'] ?? '')}/alerts`;
  return write(event, method, base + path, body);
}

export const actions: Actions = {
  keep: async (event) => {
    const form = await event.request.formData();
    const draft = draftOf(form);
    const id = Number(form.get('id') ?? 0);
    if (form.get('look') !== null) {
      const seen = await send(event, 'POST', '/preview', draft);
      if (seen.status !== 200) return refuse(seen, draft);
      return { preview: seen.body as AlertPreview, draft };
    }
    const kept = await send(event, id > 0 ? 'PUT' : 'POST', id > 0 ? `/${id}` : '', draft);
    if (kept.status >= 400) return refuse(kept, draft);
    return { kept: (kept.body as NewAlert).name, secret: (kept.body as NewAlert).secret ?? null };
  },
  remove: async (event) => act(event, 'DELETE', ''),
  acknowledge: async (event) => act(event, 'POST', '/acknowledge'),
  test: async (event) => act(event, 'POST', '/test'),
  mute: async (event) => act(event, 'POST', '/mute'),
};

const HOUR = 3_600_000;

async function act(event: RequestEvent, method: 'POST' | 'DELETE', path: string) {
  const form = await event.request.formData();
  const id = Number(form.get('id') ?? 0);
  const hours = Number(form.get('hours') ?? 0);
  const body =
    path === '/mute'
      ? { until: hours > 0 ? new Date(Date.now() + hours * HOUR).toISOString() : null }
      : undefined;
  const answer = await send(event, method, `/${id}${path}`, body);
  if (answer.status >= 400 && answer.status !== 404) return refuse(answer, null);
  return {
    done: path === '' ? ('removed' as const) : path === '/test' ? ('tested' as const) : ('saved' as const),
  };
}

function refuse(answer: { readonly status: number; readonly body: unknown }, draft: AlertDraft | null) {
  const { detail = '' } = (answer.body ?? {}) as Partial<Problem>;
  return fail(answer.status, { refused: detail, draft });
}
