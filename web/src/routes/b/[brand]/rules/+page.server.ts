import type {
  BrandBody,
  NewRuleWebhook,
  Problem,
  RuleBody,
  RuleDraft,
  RuleList,
  RuleTrial,
} from '@fanfare/contract';
import { fail, type RequestEvent } from '@sveltejs/kit';
import { draftOf } from '#lib/rules/draft.ts';
import { read, write } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** The rules of a brand, where they send to, and the switch that ends them all. */
export const load: PageServerLoad = async (event) => {
  const path = `brands/${encodeURIComponent(event.params.brand)}`;
  event.setHeaders({ 'cache-control': 'no-store' });
  const [brand, list] = await Promise.all([
    read<BrandBody>(event, path),
    read<RuleList>(event, `${path}/rules`),
  ]);
  const asked = Number(event.url.searchParams.get('edit') ?? 0);
  return { brand, list, editing: list.rules.find(({ id }) => id === asked) ?? null };
};

/** Send one write about the rules of the brand. */
function send(event: RequestEvent, method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) {
  const base = `brands/${encodeURIComponent(event.params['brand'] ?? '')}/rules`;
  return write(event, method, base + path, body);
}

export const actions: Actions = {
  keep: async (event) => {
    const form = await event.request.formData();
    const draft = draftOf(form);
    const id = Number(form.get('id') ?? 0);
    if (form.get('look') !== null) {
      const seen = await send(event, 'POST', '/trial', draft);
      return seen.status === 200 ? { trial: seen.body as RuleTrial, draft } : refuse(seen, draft);
    }
    const kept = await send(event, id > 0 ? 'PUT' : 'POST', id > 0 ? `/${id}` : '', draft);
    return kept.status < 400 ? { kept: (kept.body as RuleBody).name } : refuse(kept, draft);
  },
  aim: async (event) => {
    const webhook = String((await event.request.formData()).get('webhook') ?? '').trim();
    const set = await send(event, 'PUT', '/webhook', { webhook });
    if (set.status !== 200) return refuse(set, null);
    return { secret: (set.body as NewRuleWebhook).secret ?? null };
  },
  test: async (event) => done(await send(event, 'POST', '/webhook/test'), 'tested'),
  stop: async (event) => done(await send(event, 'POST', '/stop'), 'stopped'),
  allow: async (event) => done(await send(event, 'POST', '/allow'), 'allowed'),
  on: (event) => act(event, 'POST', '/on', 'on'),
  off: (event) => act(event, 'POST', '/off', 'off'),
  remove: (event) => act(event, 'DELETE', '', 'removed'),
  restore: (event) => act(event, 'POST', '/restore', 'restored'),
};

type Done = 'tested' | 'stopped' | 'allowed' | 'on' | 'off' | 'removed' | 'restored';

async function act(event: RequestEvent, method: 'POST' | 'DELETE', path: string, name: Done) {
  const id = Number((await event.request.formData()).get('id') ?? 0);
  return done(await send(event, method, `/${id}${path}`), name, id);
}

function done(answer: { readonly status: number; readonly body: unknown }, name: Done, id = 0) {
  return answer.status < 400 ? { done: name, id } : refuse(answer, null);
}

function refuse(answer: { readonly status: number; readonly body: unknown }, draft: RuleDraft | null) {
  const { detail = '', code = 'internal' } = (answer.body ?? {}) as Partial<Problem>;
  return fail(answer.status, { refused: code === 'bad_field' ? detail : code, draft });
}
