import type { Network } from '@fanfare/contract';

/** What the safety contact gets to read, and nobody else: the whole of a report. Instants are RFC 3339. */
interface CaseContent {
  readonly text: string;
  readonly network: Network;
  /** The author's network id. */
  readonly author: string | null;
  readonly object: string | null;
  readonly url: string | null;
  readonly occurredAt: string;
  /** When this server received it: the contact's clock begins here. */
  readonly receivedAt: string;
}

/** A report before it is sealed; it never leaves the process like this. */
export interface StatedCase {
  /** Keyed hash of network and event id, 32 hexadecimal digits. */
  readonly key: string;
  readonly rev: number;
  readonly fan: number;
  /** Milliseconds. */
  readonly receivedAt: number;
  readonly content: CaseContent;
}

/** A report that the safety contact alone can read. */
export interface SealedCase extends Omit<StatedCase, 'content'> {
  /** An age file. */
  readonly sealed: Uint8Array;
}
