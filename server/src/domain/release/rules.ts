import type { Audience } from '@fanfare/contract';

/** The rules of release for one reader. */
export interface Release<A extends Audience = Audience> {
  readonly audience: A;
  /** People below which a number is hidden; 1 switches suppression off. */
  readonly k: number;
}

/** Fewest people of one key of one dimension (network, campaign, …) that the public is shown. */
const PUBLIC_CELL = 50;

/**
 * People below which one key of a dimension is hidden: k for the team, at least 50 for the public.
 * A bucket of the series is the brand's total over a shorter time, so plain k holds for it.
 */
export function cellThreshold({ audience, k }: Release): number {
  return audience === 'public' && k > 1 ? Math.max(PUBLIC_CELL, k) : k;
}

/** Every threshold that some reader's boards are made with. */
export function thresholdsOf(k: number): readonly number[] {
  return [...new Set((['team', 'public'] as const).map((audience) => cellThreshold({ audience, k })))];
}

/** Are values made coarse, so that two frames do not tell who left? */
export function isCoarse({ audience, k }: Release): boolean {
  return audience === 'public' && k > 1;
}
