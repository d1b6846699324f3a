import type { Board, BrandBody, BrandProof, DisplayBody, Measure, TokenBody } from '@fanfare/contract';
import { fail, redirect } from '@sveltejs/kit';
import { can } from '#lib/may.ts';
import { within, type Chosen } from '#lib/organisation.ts';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { access, read, readOptional } from '#lib/server/api.ts';
import { brandIn, refuseBrand, zonesWith } from '#lib/server/brand-form.ts';
import { requireMay } from '#lib/server/require-may.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';

const pathOf = ({ params }: Pick<RequestEvent, 'params'>) => `brands/${encodeURIComponent(params.brand)}`;

/** One brand's settings, and what would go with it. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'brands.change');
  const { may, organisation } = await event.parent();
  const brand = await read<BrandBody>(event, pathOf(event));
  return {
    brand,
    zones: zonesWith(brand.timeZone),
    loss: can(may, 'brands.delete') ? await lossOf(event, organisation) : null,
    done: event.url.searchParams.get('done'),
  };
};

/** What vanishes with a brand, as far as it can be counted. */
interface Loss {
  readonly k: number;
  readonly consenting: Measure | null;
  /** Records in the chain of consents. */
  readonly records: number | null;
  /** Names of televisions that show it. */
  readonly displays: readonly string[];
  /** Names of tokens that are for nothing else. */
  readonly tokens: readonly string[];
}

async function lossOf(event: Parameters<PageServerLoad>[0], organisation: Chosen | null): Promise<Loss> {
  const slug = event.params.brand;
  const [board, proof, displays, tokens] = await Promise.all([
    readOptional<Board>(event, `${pathOf(event)}/board?window=1h`),
    readOptional<BrandProof>(event, `${pathOf(event)}/proof`),
    readOptional<readonly DisplayBody[]>(event, within('displays', organisation)),
    readOptional<readonly TokenBody[]>(event, within('tokens', organisation)),
  ]);
  return {
    k: board?.k ?? 1,
    consenting: board?.measures['consenting@1'] ?? null,
    records: proof?.records ?? null,
    displays: (displays ?? []).filter(({ brands }) => brands.includes(slug)).map(({ name }) => name),
    tokens: (tokens ?? [])
      .filter(({ brands }) => brands?.length === 1 && brands[0] === slug)
      .map(({ name }) => name),
  };
}

export const actions: Actions = {
  change: async (event) => {
    const form = await event.request.formData();
    const asked = { ...brandIn(form), contact: String(form.get('contact') ?? '').trim() };
    const { sector } = await read<BrandBody>(event, pathOf(event));
    // Another trade has other rules: what changes is said before it is done.
    if (asked.sector !== sector && form.get('sure') !== asked.sector)
      return fail(422, { refused: 'sector' as const, asked });
    const answer = await access(event).send?.('PATCH', `/api/v1/${pathOf(event)}`, asked);
    if (answer?.status !== 200) return refuseBrand(answer, asked);
    redirect(303, `${localizeHref(`/brands/${encodeURIComponent(event.params.brand)}`)}?done=changed`);
  },
  delete: async (event) => {
    const typed = String((await event.request.formData()).get('typed') ?? '').trim();
    const { name } = await read<BrandBody>(event, pathOf(event));
    if (typed.normalize() !== name.trim().normalize())
      return fail(422, { refused: 'typed' as const, asked: null });
    const answer = await access(event).send?.('DELETE', `/api/v1/${pathOf(event)}`);
    if (!answer || answer.status >= 400) return refuseBrand(answer, null);
    redirect(303, `${localizeHref('/brands')}?deleted=${encodeURIComponent(name)}`);
  },
};
