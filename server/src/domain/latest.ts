import type { LatestEvent, LatestRefusal } from '@fanfare/contract';
import type { BrandRef } from './brand.ts';

/** What became of the last events of a brand, read without anything of a person. */
export interface Latest {
  /** Events that happened since an instant (ms), the newest first, at most `most`; and refusals. */
  since(
    brand: BrandRef,
    from: number,
    most: number,
  ): Promise<{ readonly events: readonly LatestEvent[]; readonly refusals: readonly LatestRefusal[] }>;
}
