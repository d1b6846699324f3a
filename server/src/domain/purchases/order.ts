/** Whom a shop names: by the number of their account there, by mail, or both. */
export interface ShopCustomer {
  /** The fan's id at the network `web`: the shop's address, a slash, the number of the account. */
  readonly account: string | null;
  /** Normal form of the address of mail. */
  readonly mail: string | null;
}

/** What an order of a shop is, as of one revision. */
export interface ShopOrder {
  readonly id: string;
  /** Higher wins; of one second, the later step of an order's life. */
  readonly rev: number;
  readonly customer: ShopCustomer;
  /** When it was ordered, milliseconds. */
  readonly at: number;
  /** Is it a purchase: paid, and not taken back? */
  readonly paid: boolean;
  /** What is left of it after refunds, in the currency's smallest unit; 0 when it is no purchase. */
  readonly amount: number;
  readonly currency: string;
  /** What people call it: `#1001`. */
  readonly number: string;
}

/** An order that its shop deleted: nothing is told of it but its id. */
export interface OrderGone {
  readonly id: string;
  readonly gone: true;
}

/** Revision of what never comes back: deleted by the shop, or refused by the fan. */
export const GONE_FOR_EVER = Number.MAX_SAFE_INTEGER;

/** Steps within one second. */
const STEPS = 16;

/** Revision of an order modified at `at` (ms) that reached this step (0–15) of its life. */
export function revisionOf(at: number, step: number): number {
  return Math.floor(at / 1_000) * STEPS + step;
}

/** Takes one revision the place of another? At one revision the lower amount wins: money only goes back. */
export function isNewer(
  one: Pick<ShopOrder, 'rev' | 'amount'>,
  than: Pick<ShopOrder, 'rev' | 'amount'>,
): boolean {
  return one.rev > than.rev || (one.rev === than.rev && one.amount < than.amount);
}

/** Normal form of an address of mail: trimmed, in lower case; `null` for what is none. */
export function mailIn(text: unknown): string | null {
  if (typeof text !== 'string' || text.length > 254) return null;
  const mail = text.trim().toLowerCase();
  return /^[^\s<>"(),:;@[\]\\]{1,64}@[a-z0-9.-]+\.[a-z0-9-]{2,}$/.test(mail) ? mail : null;
}

/** Whom a shop names. @param shop its address @param id number of the account there, `null` for a guest */
export function customerOf(shop: string | null, id: string | null, mail: unknown): ShopCustomer {
  return { account: shop === null || id === null ? null : `${shop}/${id}`, mail: mailIn(mail) };
}
