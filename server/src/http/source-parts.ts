import type { ConnectorId, DeliveryBody, ReplayAnswer, SourceBody } from '@fanfare/contract';
import type { Purchases } from '../domain/purchases/port.ts';
import type { ImportDesk } from '../domain/imports/port.ts';
import type { Connector } from '../domain/sources/connector.ts';
import type { Deliveries, Source, SourceBook } from '../domain/sources/source.ts';

/** What somebody gives to connect a source, or to change one. */
interface Given {
  readonly connector: ConnectorId;
  readonly account: string | null;
  readonly token: string | null;
}

/** What the routes about sources need of the rest of the server. */
export interface SourceParts {
  readonly book: SourceBook;
  readonly deliveries: Deliveries;
  /** Files that the team brings. */
  readonly imports: ImportDesk;
  readonly connectors: Readonly<Record<ConnectorId, Pick<Connector, 'network' | 'secretBy' | 'listens'>>>;
  /** Orders of shops; people below which a number is hidden. */
  readonly purchases: { readonly kept: Purchases; readonly k: number };
  /** The last five deliveries, redacted. */
  readonly recent: (source: Source) => readonly DeliveryBody[];
  /** @throws Fault not_found, already_replayed */
  readonly replay: (source: Source, letter: string) => Promise<ReplayAnswer>;
  /** @throws Fault bad_field, too_many_requests, unreachable */
  readonly readFigures: (source: Source) => Promise<void>;
  /** How a source hears its network; `null` when nobody listens for it. */
  readonly listening: (source: Source) => SourceBody['listening'];
  /**
   * The brand's account as it is kept, once its network has been asked where we listen to it.
   * @throws Fault bad_field, unreachable
   */
  readonly check: (given: Given) => Promise<string | null>;
  /** Where its network sends to. */
  readonly urlOf: (source: Source) => string;
}
