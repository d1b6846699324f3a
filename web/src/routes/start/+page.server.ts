import { redirect } from '@sveltejs/kit';
import { slugOf } from '#lib/brands/slug.ts';
import { getLocale, localizeHref } from '#lib/paraglide/runtime.js';
import { access, apiPath } from '#lib/server/api.ts';
import { brandIn, refuseBrand, zonesWith } from '#lib/server/brand-form.ts';
import { requireMay } from '#lib/server/require-may.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Slugs tried when the first ones are taken. */
const TRIES = 20;

/** The first step of the wizard: a brand. */
export const load: PageServerLoad = async (event) => {
  await requireMay(event, 'brands.make');
  return { zones: zonesWith('Europe/Paris'), locale: getLocale() };
};

export const actions: Actions = {
  default: async (event) => {
    const asked = brandIn(await event.request.formData());
    const plain = slugOf(asked.name).slice(0, 44).replace(/-$/, '');
    const first = plain.length < 2 ? `brand${plain}` : plain;
    for (let i = 1; ; i++) {
      const slug = i === 1 ? first : `${first}-${i}`;
      const answer = await access(event).send?.('POST', apiPath(event, 'brands'), { ...asked, slug });
      if (answer?.status === 201) redirect(303, localizeHref(`/start/${slug}`));
      if (answer?.status !== 409 || i === TRIES) return refuseBrand(answer, asked);
    }
  },
};
