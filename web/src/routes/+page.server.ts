import type { Action, Board, BrandBody, Comparison, SessionBody } from '@fanfare/contract';
import { redirect } from '@sveltejs/kit';
import { can } from '#lib/may.ts';
import { access, read, readOptional } from '#lib/server/api.ts';
import { brandLinks, type MenuLink } from '#lib/server/menu.ts';
import { localizeHref } from '#lib/paraglide/runtime.js';
import type { Actions, PageServerLoad } from './$types.js';

/** A brand on the start page, with the few numbers its card shows. */
export interface BrandCard {
  readonly brand: BrandBody;
  /** The first of its pages they may open. */
  readonly href: string;
  /** Their pages, for who may see no numbers. */
  readonly links: readonly MenuLink[];
  /** Without what a card does not show; `null` where one may not see it. */
  readonly board: Board | null;
  /** The hour before. */
  readonly before: Comparison | null;
}

/** Brands of one organisation. */
interface Group {
  /** Empty for those of nobody they belong to. */
  readonly name: string;
  readonly brands: readonly (readonly [BrandBody, readonly Action[]])[];
}

const SHOWN = ['reach.active@1', 'engagements@1', 'sentiment@1', 'consenting@1'] as const;
/** From so many brands on one looks for names, not for numbers. */
const MANY = 24;

export const load: PageServerLoad = async (event) => {
  const sought = (event.url.searchParams.get('q') ?? '').slice(0, 80);
  const groups = await groupsOf(event);
  const total = groups.reduce((sum, { brands }) => sum + brands.length, 0);
  const shown = groups.flatMap((group) => {
    const brands = group.brands.filter(([{ name, slug }]) =>
      plain(`${name} ${slug}`).includes(plain(sought)),
    );
    return brands.length > 0 ? [{ ...group, brands }] : [];
  });
  const compact = total > MANY;
  return {
    groups: await Promise.all(
      shown.map(async ({ name, brands }) => ({
        name,
        cards: await Promise.all(brands.map(([brand, may]) => cardOf(event, brand, may, compact))),
      })),
    ),
    demonstration: groups.some(({ brands }) => brands.some(([{ demonstration }]) => demonstration)),
    own: groups.some(({ brands }) => brands.some(([{ demonstration }]) => !demonstration)),
    compact,
    sought,
  };
};

export const actions: Actions = {
  demonstration: async (event) => {
    await access(event).send?.('POST', '/api/v1/demonstration');
    redirect(303, localizeHref('/b/demo'));
  },
};

type Event = Parameters<PageServerLoad>[0];

async function groupsOf(event: Event): Promise<readonly Group[]> {
  const [session, all] = await Promise.all([
    read<SessionBody>(event, 'session'),
    read<readonly BrandBody[]>(event, 'brands'),
  ]);
  const groups = await Promise.all(
    session.organisations.map(async ({ id, name, may }): Promise<Group> => {
      const theirs = await read<readonly BrandBody[]>(event, `brands?organisation=${id}`);
      return { name, brands: await allowed(event, theirs, may) };
    }),
  );
  const known = new Set(groups.flatMap(({ brands }) => brands.map(([{ slug }]) => slug)));
  const rest = all.filter(({ slug }) => !known.has(slug));
  return [...groups, { name: '', brands: await allowed(event, rest, []) }].filter(
    ({ brands }) => brands.length > 0,
  );
}

/** With what they may do. The demonstration is open to more than those of its organisation. */
function allowed(
  event: Event,
  brands: readonly BrandBody[],
  may: readonly Action[],
): Promise<Group['brands']> {
  return Promise.all(
    brands.map(async (brand) => {
      if (!brand.demonstration) return [brand, may] as const;
      const path = `session?brand=${encodeURIComponent(brand.slug)}`;
      return [brand, (await read<SessionBody>(event, path)).brand?.may ?? may] as const;
    }),
  );
}

async function cardOf(
  event: Event,
  brand: BrandBody,
  may: readonly Action[],
  compact: boolean,
): Promise<BrandCard> {
  const reads = can(may, 'board.read');
  const path = `brands/${encodeURIComponent(brand.slug)}`;
  const [board, before] = await Promise.all(
    reads && !compact
      ? [
          readOptional<Board>(event, `${path}/board?window=1h`),
          readOptional<Comparison>(event, `${path}/comparison?window=1h&with=previous`),
        ]
      : [null, null],
  );
  const links = brandLinks(brand.slug, may);
  return {
    brand,
    href: links[0]?.href ?? localizeHref(`/b/${brand.slug}`),
    links: reads ? [] : links,
    board: board && narrowed(board),
    before,
  };
}

/** What a card shows of a board; it asks the feed for the whole of it when it is seen. */
function narrowed(board: Board): Board {
  const { from, step } = board.series;
  const shown = SHOWN.flatMap((id) => (board.measures[id] ? [[id, board.measures[id]] as const] : []));
  const points = board.series['engagements@1'] ?? [];
  return {
    ...board,
    epoch: '',
    seq: 0,
    measures: Object.fromEntries(shown),
    breakdowns: {},
    series: { from, step, 'engagements@1': points },
    top: { objects: [] },
    excerpts: [],
  };
}

/** Without accents and capitals, as people type when they look for something. */
function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
