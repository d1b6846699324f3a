import type { Action, Board, BrandBody, Measures, SessionBody } from '@fanfare/contract';
import { can } from '#lib/may.ts';
import { publicOrigin, read, readOptional } from '#lib/server/api.ts';
import { brandLinks, type MenuLink } from '#lib/server/menu.ts';
import { localizeHref } from '#lib/paraglide/runtime.js';
import type { PageServerLoad } from './$types.js';

/** A brand on the start page, with the few numbers its card shows. */
export interface BrandCard {
  readonly brand: BrandBody;
  /** The first of its pages they may open. */
  readonly href: string;
  /** Their pages, for who may see no numbers. */
  readonly links: readonly MenuLink[];
  readonly k: number;
  readonly asOf: string | null;
  readonly measures: Measures;
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
    origin: publicOrigin(event),
    empty: total === 0,
    compact,
    sought,
  };
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
  const path = `brands/${encodeURIComponent(brand.slug)}/board?window=1h`;
  const board = reads && !compact ? await readOptional<Board>(event, path) : null;
  const measures = board
    ? Object.fromEntries(SHOWN.flatMap((id) => (board.measures[id] ? [[id, board.measures[id]]] : [])))
    : {};
  const links = brandLinks(brand.slug, may);
  return {
    brand,
    href: links[0]?.href ?? localizeHref(`/b/${brand.slug}`),
    links: reads ? [] : links,
    ...{ k: board?.k ?? 0, asOf: board?.asOf ?? null, measures },
  };
}

/** Without accents and capitals, as people type when they look for something. */
function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
