import type { Locale, Network, RuleCondition } from '@fanfare/contract';
import type { ChainLink } from './chain.ts';
import type { ConsentRecord } from './consents/chain.ts';
import type { Labelled } from './engagement.ts';
import type { KeptExcerpt } from './excerpts/excerpt.ts';
import type { KeptMail, KeptPurchase } from './purchases/port.ts';

/** One consent record with its hash in the brand's chain. */
export type HeldRecord = ChainLink<ConsentRecord>;

/** One time the brand's server was told of a fan, or was to be. Instants in milliseconds. */
export interface Told {
  /** Of the last act that counted. */
  readonly at: number;
  readonly madeAt: number;
  readonly state: 'waiting' | 'sent' | 'failed' | 'stopped';
  readonly settledAt: number | null;
  /** What the fan did for it. */
  readonly met: RuleCondition;
  /** Number of the consent record it rests on. */
  readonly basis: number;
}

/** A sealed report about a text of the fan: that it exists, as its words are the safety contact's alone. */
export interface HeldReport {
  /** Milliseconds. */
  readonly receivedAt: number;
  readonly handedOverAt: number | null;
  readonly acknowledgedAt: number | null;
}

/** Everything a brand holds about one fan. */
export interface Held {
  readonly records: readonly HeldRecord[];
  readonly engagements: readonly Labelled[];
  /** Their own words, readable, the oldest first. */
  readonly excerpts: readonly KeptExcerpt[];
  /** Orders of shops, the oldest first. */
  readonly purchases: readonly KeptPurchase[];
  /** Addresses of mail they proved, by which orders find them. */
  readonly mails: readonly KeptMail[];
  /** What was sent to the brand's server because of them. */
  readonly told: readonly Told[];
  /** Reports under quarantine, sealed, the oldest first. */
  readonly reports: readonly HeldReport[];
}

/** What is held about a stranger. */
export const NOTHING_HELD: Held = {
  records: [],
  engagements: [],
  excerpts: [],
  purchases: [],
  mails: [],
  told: [],
  reports: [],
};

/** A notice's text before it is published. */
export interface NoticeDraft {
  readonly version: string;
  readonly locale: Locale;
  readonly title: string;
  readonly body: string;
  /** Milliseconds. */
  readonly changedAt: number;
}

/** What a receipt says beside the record itself. */
export interface ReceiptSubject {
  readonly brand: string;
  readonly brandName: string;
  readonly network: Network;
  /** The fan's own network id: the receipt is theirs. */
  readonly fan: string;
}

/** Signs receipts of consent that anyone can verify offline. */
export interface Receipts {
  /** One record as a compact JWS (EdDSA, RFC 8037). */
  sign(subject: ReceiptSubject, record: ConsentRecord, hash: string): Promise<string>;
  /** The public keys, as a JWK set. */
  keys(): { readonly keys: readonly object[] };
}
