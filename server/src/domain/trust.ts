import type { Purpose } from '@fanfare/contract';
import { coarseCount } from './release/coarse.ts';
import { isHidden } from './release/hide.ts';
import { cellThreshold, isCoarse } from './release/rules.ts';

/** Exact numbers of one purpose. */
export interface PurposeCount {
  readonly purpose: Purpose;
  /** Fans who ever gave it. */
  readonly granted: number;
  /** Those of them who withdrew it since, whether or not they gave it again. */
  readonly withdrawn: number;
}

/** The same as the public sees it: in tens; `null` is about too few fans. */
export interface ReleasedCount {
  readonly purpose: Purpose;
  readonly granted: number | null;
  readonly withdrawn: number | null;
}

/**
 * Release how many fans gave and withdrew each purpose, to the public. A number about fewer than
 * the public's threshold is hidden; so is the number of withdrawals when what is left of the grants
 * would be about too few, because subtraction would tell it.
 * @param k people below which the team's numbers are hidden; 1 switches hiding off
 * @param shown what was shown before: coarse values stay until they are a step off
 */
export function releaseCounts(
  counts: readonly PurposeCount[],
  k: number,
  shown: readonly ReleasedCount[] = [],
): ReleasedCount[] {
  const rules = { audience: 'public', k } as const;
  const least = cellThreshold(rules);
  const coarse = (value: number, before: number | null | undefined) =>
    isCoarse(rules) ? coarseCount(value, before) : value;
  return counts.map(({ purpose, granted, withdrawn }) => {
    const before = shown.find((count) => count.purpose === purpose);
    if (isHidden(granted, least)) return { purpose, granted: null, withdrawn: null };
    const tellsTooMuch = isHidden(withdrawn, least) || isHidden(granted - withdrawn, least);
    return {
      purpose,
      granted: coarse(granted, before?.granted),
      withdrawn: tellsTooMuch && withdrawn > 0 ? null : coarse(withdrawn, before?.withdrawn),
    };
  });
}
