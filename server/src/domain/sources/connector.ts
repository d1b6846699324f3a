import type { ConnectorId, Network } from '@fanfare/contract';
import type { Delivery, Understood } from './delivery.ts';

/** What a map may ask beside the delivery. */
export interface MapContext {
  /** Milliseconds. */
  readonly now: number;
  /** Id of the brand's own account at the network; `null` when it was not told. */
  readonly account: string | null;
  /** What the sender calls what it sends, where a header says it: not signed, so it may only narrow; absent where none is. */
  readonly topic?: string | null;
  /** A keyed one-way name of a person, for ids of engagements that have none of their own. */
  readonly mask: (person: string) => string;
}

/** The answer of a network's question at the address, as it must be. */
export interface Handshake {
  readonly type: 'text/plain' | 'application/json';
  readonly body: string;
}

/**
 * One network that sends to an address of ours. Everything here is pure; what reads sockets and
 * writes rows is the door (`sources/door.ts`), the same for all.
 */
export interface Connector {
  readonly id: ConnectorId;
  readonly network: Network;
  /** Who makes the secret that signs: the network, or we; nobody where nothing is sent to us. */
  readonly secretBy: 'network' | 'us' | 'nobody';
  /** Can it be connected without a secret, as its main way is that we listen? */
  readonly listens?: true;
  /** Answers the network's GET; `null` when it is not theirs. @param secrets active ones, none empty */
  readonly handshake?: (
    query: Readonly<Record<string, unknown>>,
    secrets: readonly string[],
    verifyToken: string,
  ) => Handshake | null;
  /** Is this a network's bare question whether somebody is here? It gets 200 and does nothing, unsigned as it is. */
  readonly isPing?: (delivery: Delivery) => boolean;
  /** What the sender calls what it sends, by a header. */
  readonly topicOf?: (delivery: Delivery) => string | null;
  /** Did the network sign these very bytes, and lately? @param secrets active ones, none empty */
  readonly verify: (delivery: Delivery, secrets: readonly string[]) => boolean;
  /**
   * The sender's own id of the delivery, where it is signed, or where one that is made up does no harm
   * as what comes has revisions; else its bytes name it.
   */
  readonly idOf?: (delivery: Delivery) => string | null;
  /** What a parsed body means, part by part. Total: never throws. */
  readonly map: (body: unknown, context: MapContext) => readonly Understood[];
  /** Paths of values in this that name no person and quote nobody, without indices: `entry.changes.field`. */
  readonly open: (body: unknown) => ReadonlySet<string>;
  /** Does this network send signed forms when somebody leaves the application (Meta)? */
  readonly callbacks?: true;
}
