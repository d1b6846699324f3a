import { SCOPES, type BrandBody, type NewToken, type TokenBody } from '@fanfare/contract';
import { fail } from '@sveltejs/kit';
import { within } from '#lib/organisation.ts';
import { access, apiPath, publicOrigin, read } from '#lib/server/api.ts';
import { requireMay } from '#lib/server/require-may.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** API tokens of an organisation; `brand` and `scope` in the address are chosen already. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'tokens.manage');
  const of = within('', (await event.parent()).organisation);
  const [tokens, brands] = await Promise.all([
    read<readonly TokenBody[]>(event, `tokens${of}`),
    read<readonly BrandBody[]>(event, `brands${of}`),
  ]);
  const chosen = event.url.searchParams.get('brand') ?? '';
  const scope = SCOPES.filter((one) => one === event.url.searchParams.get('scope'));
  return { tokens, brands, chosen, scope, scopes: SCOPES, origin: publicOrigin(event), now: Date.now() };
};

/** Why a token is not made, before the API is asked. */
function faultOf(asked: {
  name: string;
  scopes: readonly string[];
  which: string;
  brands: readonly string[];
}) {
  if (asked.name === '') return 'name' as const;
  if (asked.scopes.length === 0) return 'scopes' as const;
  return asked.which === 'some' && asked.brands.length === 0 ? ('brands' as const) : null;
}

export const actions: Actions = {
  make: async (event) => {
    const form = await event.request.formData();
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const asked = {
      name: text('name'),
      which: text('which') === 'all' ? 'all' : 'some',
      days: text('days'),
      scopes: form.getAll('scopes').map(String),
      brands: form.getAll('brands').map(String),
    };
    const fault = faultOf(asked);
    if (fault) return fail(422, { refused: fault, asked });
    const answer = await access(event).send?.('POST', apiPath(event, 'tokens'), {
      name: asked.name,
      scopes: asked.scopes,
      ...(asked.which === 'some' ? { brands: asked.brands } : {}),
      ...(/^\d{1,4}$/.test(asked.days) ? { days: Number(asked.days) } : {}),
    });
    if (answer?.status !== 201) return fail(answer?.status ?? 503, { refused: 'other' as const, asked });
    return { made: answer.body as NewToken };
  },
  revoke: async (event) => {
    const id = encodeURIComponent(String((await event.request.formData()).get('id') ?? ''));
    const answer = await access(event).send?.('DELETE', apiPath(event, `tokens/${id}`));
    // One that is gone already is what was asked for.
    if (answer?.status === 204 || answer?.status === 404) return { revoked: true };
    return fail(answer?.status ?? 503, { refused: 'other' as const, asked: null });
  },
};
