import type { ConnectorId, DeliveryBody, ReplayAnswer } from '@fanfare/contract';
import type { Connector } from '../domain/sources/connector.ts';
import type { Deliveries, Source, SourceBook } from '../domain/sources/source.ts';

/** What the routes about sources need of the rest of the server. */
export interface SourceParts {
  readonly book: SourceBook;
  readonly deliveries: Deliveries;
  readonly connectors: Readonly<Record<ConnectorId, Pick<Connector, 'network' | 'secretBy'>>>;
  /** The last five deliveries, redacted. */
  readonly recent: (source: Source) => readonly DeliveryBody[];
  /** @throws Fault not_found, already_replayed */
  readonly replay: (source: Source, letter: string) => Promise<ReplayAnswer>;
  /** @throws Fault bad_field, too_many_requests, unreachable */
  readonly readFigures: (source: Source) => Promise<void>;
  /** Where its network sends to. */
  readonly urlOf: (source: Source) => string;
}
