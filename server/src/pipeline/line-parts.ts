import type { Clock, Labeller, Ledger } from '../parts.ts';
import type { Sectors } from '../domain/sector/sector.ts';
import type { Rooms } from './prepare.ts';

/** What a brand's line needs of the rest of the server. */
export interface LineParts {
  readonly ledger: Ledger;
  readonly labeller: Labeller;
  readonly clock: Clock;
  readonly rooms: Rooms;
  readonly sectors: Sectors;
  /** Each k that boards are read with. */
  readonly thresholds: readonly number[];
  /** Called with the brand's slug after each commit that may have changed it; `rebuilt` when continuity was lost. */
  readonly onChange: (slug: string, rebuilt: boolean) => void;
}
