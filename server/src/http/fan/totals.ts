import type { Measure } from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import type { HttpParts } from '../context.ts';

/** Totals of a brand over 30 days as they are released; nothing about fewer than k fans. */
export interface Totals {
  readonly asOf: string;
  readonly k: number;
  readonly consenting: Measure | null;
  readonly reach: Measure | null;
  readonly engagements: Measure | null;
}

/** The released totals now, the last commit included. @throws Fault unknown_brand */
export async function totalsOf({ board }: Pick<HttpParts, 'board'>, slug: string): Promise<Totals> {
  const released = await board(slug, '30d');
  if (!released) throw new Fault('unknown_brand');
  const { asOf, k, measures } = released;
  return {
    asOf,
    k,
    consenting: measures['consenting@1'] ?? null,
    reach: measures['reach.active@1'] ?? null,
    engagements: measures['engagements@1'] ?? null,
  };
}
