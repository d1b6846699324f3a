import type { Clock, Labeller, Ledger } from '../parts.ts';
import type { BrandLine } from './line.ts';
import type { Rooms } from './prepare.ts';

/** What a brand's line needs of the rest of the server. */
export interface LineParts {
  readonly ledger: Ledger;
  readonly labeller: Labeller;
  readonly clock: Clock;
  readonly rooms: Rooms;
  /** Called after each commit that may have changed the brand; `rebuilt` when continuity was lost. */
  readonly onChange: (line: BrandLine, rebuilt: boolean) => void;
}
