import type { BrandBody, NewSource, PurchaseTable, ReplayAnswer, SourceDetail } from '@fanfare/contract';
import { fail, redirect } from '@sveltejs/kit';
import { reasonOf } from '#lib/fan/answers.ts';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { access, read, readOptional } from '#lib/server/api.ts';
import { requireMay } from '#lib/server/require-may.ts';
import { isShop } from '#lib/sources/words.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';

const FIELDS = { name: 'name', secret: 'secret', account: 'account', token: 'token' };

/** One source: how to plug the network in, what arrived, how it is doing. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'sources.manage');
  event.setHeaders({ 'cache-control': 'no-store' });
  const path = `brands/${encodeURIComponent(event.params.brand)}`;
  const [brand, source] = await Promise.all([
    read<BrandBody>(event, path),
    read<SourceDetail>(event, `${path}/sources/${encodeURIComponent(event.params.source)}`),
  ]);
  // Of all shops of the brand: it is shown where one is looked at.
  const purchases = isShop(source.connector)
    ? await readOptional<PurchaseTable>(event, `${path}/purchases`)
    : null;
  return { brand, source, purchases };
};

type Method = 'POST' | 'PATCH' | 'DELETE';

async function ask(event: RequestEvent, method: Method, path: string, body?: object) {
  const { brand, source } = event.params;
  const address = `/api/v1/brands/${encodeURIComponent(brand)}/sources/${encodeURIComponent(source)}${path}`;
  const answer = await access(event).send?.(method, address, body);
  const good = answer !== undefined && answer.status < 400;
  return good
    ? { body: answer.body, failure: null }
    : { body: null, failure: fail(answer?.status ?? 503, { refused: reasonOf(answer, FIELDS) }) };
}

const textIn = (form: FormData, name: string) => String(form.get(name) ?? '').trim();

export const actions: Actions = {
  change: async (event) => {
    const form = await event.request.formData();
    const [account, token] = [textIn(form, 'account'), textIn(form, 'token')];
    const { failure } = await ask(event, 'PATCH', '', {
      name: textIn(form, 'name'),
      ...(form.has('account') ? { account: account === '' ? null : account } : {}),
      ...(token === '' ? {} : { token }),
    });
    return failure ?? { done: 'changed' as const };
  },
  pause: async (event) => {
    const paused = textIn(await event.request.formData(), 'paused') === 'yes';
    const { failure } = await ask(event, 'PATCH', '', { paused });
    return failure ?? { done: 'changed' as const };
  },
  rotate: async (event) => {
    const form = await event.request.formData();
    const body = form.has('secret') ? { secret: textIn(form, 'secret') } : {};
    const { body: made, failure } = await ask(event, 'POST', '/secret', body);
    return failure ?? { done: 'secret' as const, secret: (made as NewSource).secret };
  },
  endOld: async (event) => {
    const { failure } = await ask(event, 'DELETE', '/secret/previous');
    return failure ?? { done: 'changed' as const };
  },
  figures: async (event) => {
    const { failure } = await ask(event, 'POST', '/figures');
    return failure ?? { done: 'read' as const };
  },
  replay: async (event) => {
    const letter = encodeURIComponent(textIn(await event.request.formData(), 'letter'));
    const { body, failure } = await ask(event, 'POST', `/letters/${letter}/replay`);
    return failure ?? { replayed: body as ReplayAnswer };
  },
  remove: async (event) => {
    const { failure } = await ask(event, 'DELETE', '');
    if (failure) return failure;
    redirect(303, `${localizeHref(`/b/${event.params.brand}/sources`)}?removed`);
  },
};
