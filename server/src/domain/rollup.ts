import type { Recorded } from './engagement.ts';

/** Plus or minus on the rollups of one minute and one set of dimensions; whole numbers. */
export interface Change {
  readonly minute: number;
  readonly network: number;
  readonly kind: number;
  readonly campaign: string;
  readonly language: string;
  engagements: number;
  positive: number;
  neutral: number;
  negative: number;
}

/** The tally room: what recorded rows mean for the rollups, after minus before. */
export type Tally = (recorded: readonly Recorded[]) => Change[];
