import type { Board, BrandBody, Measures } from '@fanfare/contract';
import { publicOrigin, read, readOptional } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types.js';

/** A brand on the start page, with the few numbers its card shows. */
export interface BrandCard {
  readonly brand: BrandBody;
  readonly k: number;
  readonly asOf: string | null;
  readonly measures: Measures;
}

const SHOWN = ['reach.active@1', 'engagements@1', 'sentiment@1', 'consenting@1'] as const;

export const load: PageServerLoad = async (event) => {
  const brands = await read<readonly BrandBody[]>(event, 'brands');
  const cards = await Promise.all(
    brands.map(async (brand): Promise<BrandCard> => {
      const path = `brands/${encodeURIComponent(brand.slug)}/board?window=1h`;
      const board = await readOptional<Board>(event, path);
      const measures = board
        ? Object.fromEntries(SHOWN.flatMap((id) => (board.measures[id] ? [[id, board.measures[id]]] : [])))
        : {};
      return { brand, k: board?.k ?? 0, asOf: board?.asOf ?? null, measures };
    }),
  );
  return { cards, origin: publicOrigin(event) };
};
