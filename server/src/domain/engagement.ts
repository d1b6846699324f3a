import { KINDS, NETWORKS, type Kind, type Network } from '@fanfare/contract';

/**
 * One engagement as the ledger and the live counts hold it: permitted, cleared, labelled.
 * It has no text and no network id; `fan` and `owner` are numbers that mean nothing outside
 * their brand.
 */
export interface Labelled {
  /** 32 hexadecimal digits, keyed hash of network and event id: the idempotency key. */
  readonly key: string;
  /** The network's own event id; breaks ties of one instant. */
  readonly id: string;
  readonly rev: number;
  /** Index into NETWORKS. */
  readonly network: number;
  /** Index into KINDS. */
  readonly kind: number;
  readonly fan: number;
  /** Milliseconds since 1970. */
  readonly occurredAt: number;
  /** '' when the engagement has no object. */
  readonly object: string;
  /** The consenting fan who wrote the object, or −1. */
  readonly owner: number;
  /** Followers of the fan at that instant, or −1 when not known. */
  readonly followers: number;
  readonly reaction: string;
  /** Index into LABELS; 0 when there was no text to label. */
  readonly label: number;
  /** Model that made the label, '' without one: a label is never scored again. */
  readonly model: string;
  readonly campaign: string;
  /** BCP 47 primary subtag, '' when unknown. */
  readonly language: string;
}

/** What one delivery changed in the ledger: the row before and after. */
export interface Recorded {
  readonly before: Labelled | null;
  readonly after: Labelled | null;
}

/** UTC minute (minutes since 1970) an instant belongs to. */
export function minuteOf(ms: number): number {
  return Math.floor(ms / 60_000);
}

const AMPLIFYING: readonly Kind[] = ['share', 'quote', 'mention'];

/** Kinds that carry a message to the fan's own followers. */
export const IS_AMPLIFYING: readonly boolean[] = KINDS.map((kind) => AMPLIFYING.includes(kind));

const CLASS_OF: Partial<Record<Kind, number>> = { reaction: 0, comment: 1, share: 2, quote: 2, mention: 2 };

/** Weight class of a kind for influence (0 reaction, 1 comment, 2 share), −1 for none. */
export const CREDIT_CLASS: readonly number[] = KINDS.map((kind) => CLASS_OF[kind] ?? -1);

/** Kinds whose text is never read for sentiment. */
export const IS_UNLABELLED: readonly boolean[] = KINDS.map(
  (kind) => kind === 'contest' || kind === 'purchase',
);

/** Code of a network: its place in NETWORKS. */
export function networkCode(network: Network): number {
  return NETWORKS.indexOf(network);
}

/** Code of a kind: its place in KINDS. */
export function kindCode(kind: Kind): number {
  return KINDS.indexOf(kind);
}

/** Is the owner of the object all in which two rows can differ? */
export function isSameButOwner(one: Labelled, other: Labelled): boolean {
  return (Object.keys(one) as (keyof Labelled)[]).every((key) => key === 'owner' || one[key] === other[key]);
}
