import type { BrandBody, ComplianceBody, NewSafetyContact, Problem } from '@fanfare/contract';
import { fail } from '@sveltejs/kit';
import { read, write } from '#lib/server/api.ts';
import { requireMay } from '#lib/server/require-may.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';

/** The policy of the brand's sector, the safety contact, and the reports under quarantine. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'quarantine.decide');
  event.setHeaders({ 'cache-control': 'no-store' });
  const path = `brands/${encodeURIComponent(event.params.brand)}`;
  const [brand, compliance] = await Promise.all([
    read<BrandBody>(event, path),
    read<ComplianceBody>(event, `${path}/compliance`),
  ]);
  return { brand, compliance, now: Date.now() };
};

function send(event: RequestEvent, method: 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown) {
  const base = `brands/${encodeURIComponent(event.params.brand)}/`;
  return write(event, method, base + path, body);
}

/** The field the server does not take comes first in what it says. */
function fieldOf(body: unknown): string {
  const { detail = '' } = (body ?? {}) as Partial<Problem>;
  return /^\w+/.exec(detail)?.[0] ?? '';
}

const text = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

async function act(event: RequestEvent, what: 'acknowledge' | 'hand-over', done: 'acknowledged' | 'again') {
  const id = encodeURIComponent(text(await event.request.formData(), 'id'));
  const answer = await send(event, 'POST', `quarantine/${id}/${what}`);
  if (answer.status >= 400 && answer.status !== 404) return fail(answer.status, { refused: '', asked: null });
  return { done };
}

export const actions: Actions = {
  contact: async (event) => {
    const form = await event.request.formData();
    const asked = {
      name: text(form, 'name'),
      mail: text(form, 'mail'),
      webhook: text(form, 'webhook'),
      recipient: text(form, 'recipient'),
      products: text(form, 'products'),
    };
    const lines = asked.products.split('\n').map((line) => line.trim());
    const answer = await send(event, 'PUT', 'safety-contact', {
      ...{ name: asked.name, mail: asked.mail || null, webhook: asked.webhook || null },
      ...{ recipient: asked.recipient, products: [...new Set(lines)].filter((line) => line !== '') },
    });
    if (answer.status >= 400) return fail(answer.status, { refused: fieldOf(answer.body), asked });
    return { done: 'kept' as const, secret: (answer.body as NewSafetyContact).secret ?? null };
  },
  remove: async (event) => {
    const answer = await send(event, 'DELETE', 'safety-contact');
    if (answer.status >= 400 && answer.status !== 404)
      return fail(answer.status, { refused: '', asked: null });
    return { done: 'removed' as const };
  },
  acknowledge: (event) => act(event, 'acknowledge', 'acknowledged'),
  again: (event) => act(event, 'hand-over', 'again'),
};
