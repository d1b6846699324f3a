import type { BrandBody } from '@fanfare/contract';
import { redirect } from '@sveltejs/kit';
import { slugOf } from '#lib/brands/slug.ts';
import { can } from '#lib/may.ts';
import { within } from '#lib/organisation.ts';
import { localizeHref } from '#lib/paraglide/runtime.js';
import { access, apiPath, read } from '#lib/server/api.ts';
import { brandIn, refuseBrand, zonesWith } from '#lib/server/brand-form.ts';
import { requireMay } from '#lib/server/require-may.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Brands of an organisation, and making one. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'brands.change');
  const { organisation, may } = await event.parent();
  return {
    brands: await read<readonly BrandBody[]>(event, within('brands', organisation)),
    zones: can(may, 'brands.make') ? zonesWith('Europe/Paris') : [],
    deleted: event.url.searchParams.get('deleted'),
  };
};

export const actions: Actions = {
  make: async (event) => {
    const form = await event.request.formData();
    const asked = brandIn(form);
    const slug = String(form.get('slug') ?? '').trim() || slugOf(asked.name);
    const answer = await access(event).send?.('POST', apiPath(event, 'brands'), { ...asked, slug });
    if (answer?.status !== 201) return refuseBrand(answer, { ...asked, slug });
    redirect(303, `${localizeHref(`/brands/${encodeURIComponent(slug)}`)}?done=made`);
  },
};
