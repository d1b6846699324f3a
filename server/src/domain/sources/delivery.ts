import type { EventBody, Network, UnusableReason } from '@fanfare/contract';
import type { OrderGone, ShopCustomer, ShopOrder } from '../purchases/order.ts';

/** One thing a source hands over, not yet understood: the bytes as they came. */
export interface Delivery {
  /** By lower-case name; a header sent twice is joined. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** Milliseconds. */
  readonly receivedAt: number;
}

/** Names a delivery that is taken, so that it is taken once. */
export interface DeliveryMark {
  /** Number of the source within its brand. */
  readonly source: number;
  /** 32 hexadecimal digits, a keyed hash. */
  readonly key: string;
  /** Milliseconds. */
  readonly at: number;
  /** All of it was told before in another delivery: refusals in it are counted already. */
  readonly isAgain?: boolean;
}

/** Somebody did something. A `fan` is absent when the network does not say who: the gate refuses and counts it. */
export interface Engaged {
  readonly is: 'engagement';
  readonly event: EventBody;
}

/** Somebody said no at the network, or is gone from it. */
export interface Withdrawn {
  readonly is: 'withdrawal';
  readonly network: Network;
  readonly fan: string;
  /** When they did, milliseconds: a consent given later stays. */
  readonly at: number;
  /** Forget them altogether. */
  readonly erase: boolean;
}

/** The network stopped somebody's account for a while, or it is back: they are in no number meanwhile. */
export interface Rested {
  readonly is: 'rest';
  readonly network: Network;
  readonly fan: string;
  /** Milliseconds: a word of before does not undo a later one. */
  readonly at: number;
  /** False when the account is back. */
  readonly resting: boolean;
}

/** A shop tells what an order is now. It is no engagement, and in no number of a board. */
export interface Ordered {
  readonly is: 'order';
  readonly order: ShopOrder | OrderGone;
}

/** A shop has to forget a customer, or a customer asks what is held. */
export interface OfCustomer {
  readonly is: 'customer';
  readonly wants: 'forgotten' | 'data';
  /** Address of the shop. */
  readonly shop: string;
  readonly customer: ShopCustomer;
  /** Ids of orders that are named along. */
  readonly orders: readonly string[];
}

/** A shop is gone: all that came of it goes. */
export interface ShopLeft {
  readonly is: 'shop_left';
  readonly shop: string;
}

/** None of these. `part` is what could not be used, for `redact`; it is never kept as it is. */
export interface Unusable {
  readonly is: 'unusable';
  readonly reason: UnusableReason;
  readonly part: unknown;
}

/** What a delivery is understood as, part by part. */
export type Understood = Engaged | Withdrawn | Rested | Ordered | OfCustomer | ShopLeft | Unusable;

/** A part that is none of the others. */
export function unusable(reason: UnusableReason, part: unknown): Unusable {
  return { is: 'unusable', reason, part };
}
