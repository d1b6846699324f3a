import { createPseudonyms } from '../domain/pseudonym.ts';
import type { ShopCustomer } from '../domain/purchases/order.ts';
import type { BrandRecord } from '../parts.ts';

/** Keyed hashes by which a brand's orders and buyers are found; 32 hexadecimal digits each. */
export interface PurchaseNames {
  readonly order: (shop: string, id: string) => string;
  readonly mail: (address: string) => string;
  /** Whom a shop names: by an account, which is the fan's pseudonym, and by mail. */
  readonly customer: (customer: ShopCustomer) => {
    readonly account: string | null;
    readonly mail: string | null;
  };
}

/** Names under the brand's own key: those of two brands can never be joined. */
export function purchaseNames({ pseudonymKey }: BrandRecord): PurchaseNames {
  const { event, person } = createPseudonyms(pseudonymKey);
  const mail = (address: string) => person('mail', address);
  return {
    order: (shop, id) => event(`order ${shop}`, id),
    mail,
    customer: ({ account, mail: address }) => ({
      account: account === null ? null : person('web', account),
      mail: address === null ? null : mail(address),
    }),
  };
}
