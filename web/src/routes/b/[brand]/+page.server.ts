import type { AnnotationBody, Board, BrandBody, Comparison, Loyalty, PolicyNow } from '@fanfare/contract';
import { redirect } from '@sveltejs/kit';
import { can } from '#lib/may.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { ALARMS } from '#lib/safety/alarms.ts';
import { read, readOptional } from '#lib/server/api.ts';
import type { Definition } from '#lib/view/definition.ts';
import { viewOf } from '#lib/view/desk-url.ts';
import type { PageServerLoad } from './$types.js';

/** The board as the feed would send it, so that the first paint has the numbers in it. */
export const load: PageServerLoad = async (event) => {
  const { may, menu } = await event.parent();
  // Who works with consents and needs no numbers begins with their own pages.
  if (!can(may, 'board.read') && menu.brand[0]) redirect(303, menu.brand[0].href);
  const { window, against } = viewOf({ get: (name) => event.url.searchParams.get(name) });
  const path = `brands/${encodeURIComponent(event.params.brand)}`;
  const [brands, board, definitions, comparison, loyalty, annotations, policy] = await Promise.all([
    read<readonly BrandBody[]>(event, 'brands'),
    read<Board>(event, `${path}/board?window=${window}`),
    readOptional<readonly Definition[]>(event, 'definitions'),
    against === 'none'
      ? null
      : readOptional<Comparison>(event, `${path}/comparison?window=${window}&with=${against}`),
    readOptional<Loyalty>(event, `${path}/loyalty`),
    readOptional<readonly AnnotationBody[]>(event, `${path}/annotations`),
    readOptional<PolicyNow>(event, `${path}/policy`),
  ]);
  const brand = brands.find(({ slug }) => slug === event.params.brand) ?? unnamed(board);
  return {
    ...{ brand, board, comparison, loyalty },
    definitions: definitions ?? [],
    annotations: annotations ?? [],
    // The policy that is on, in words: the page needs no code for it.
    notice: policy?.banner?.[getLocale()] ?? null,
    alarm: policy?.alarm ? ALARMS[policy.alarm]() : null,
  };
};

/** A brand that may be read but is on no list is shown under its slug, in UTC. */
function unnamed(board: Board): BrandBody {
  return {
    slug: board.brand,
    name: board.brand,
    sector: 'general',
    timeZone: 'UTC',
    locale: 'fr',
    demonstration: board.demonstration,
    createdAt: board.asOf,
  };
}
