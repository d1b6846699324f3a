import type { BrandRecord } from '../brand.ts';
import type { AdverseDetector } from './adverse/detect.ts';
import type { SealedCase, StatedCase } from './case.ts';
import type { SectorPolicy } from './policy.ts';

/** What the room `clear` goes by. */
export interface Clearing {
  readonly policy: SectorPolicy;
  /** Somebody is named to whom reports of adverse events are handed. */
  readonly hasContact: boolean;
  /** Too many reports wait for an acknowledgement. */
  readonly isFull: boolean;
  readonly mayReport: AdverseDetector;
}

/** Decisions that are counted, so that a policy can be tried before it is on. */
export const COUNTED_POLICIES = ['sensitive', 'adverse'] as const;
export type CountedPolicy = (typeof COUNTED_POLICIES)[number];

/** The rules of one brand's trade, as of now. */
export interface BrandSector {
  readonly clearing: Clearing;
  /** Seal reports to the safety contact. */
  readonly seal: (cases: readonly StatedCase[]) => Promise<readonly SealedCase[]>;
  /** Is this text to be looked at for a policy that is not on? A part of them is, at a bounded cost. */
  readonly samples: () => boolean;
  /** Count what a policy makes, or would make, of a text. Nothing of the text is kept. */
  readonly note: (policy: CountedPolicy, withheld: boolean) => void;
}

/** The rules of every brand's trade. */
export interface Sectors {
  readonly of: (brand: BrandRecord) => BrandSector;
}
