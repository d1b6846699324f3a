/** Addresses of the two invented shops. */
export const SHOPIFY_ACCOUNT = 'maison.myshopify.com';
export const WOO_ACCOUNT = 'boutique.example';

/** What a shop tells of an order; instants in seconds since 1970. */
export interface Told {
  readonly id: number;
  /** Number of the customer's account, `null` for a guest. */
  readonly customer: string | null;
  readonly mail: string | null;
  readonly second: number;
  readonly changed: number;
  /** In Shopify's words; `cancelled` is told beside them. */
  readonly status: 'pending' | 'paid' | 'partially_refunded' | 'refunded' | 'cancelled';
  readonly total: string;
  /** What was paid back of it. */
  readonly back?: string;
}

/** An order as Shopify sends it, after the sample of its documentation: an offset that is not ours. */
export function shopifyOrder({ id, customer, mail, second, changed, status, total, back }: Told): object {
  const at = (instant: number) =>
    new Date((instant - 5 * 3_600) * 1_000).toISOString().replace('.000Z', '-05:00');
  const left = back === undefined ? total : (Number(total) - Number(back)).toFixed(2);
  return {
    ...{ id, admin_graphql_api_id: `gid://shopify/Order/${id}`, name: `#${id % 10_000}`, email: mail ?? '' },
    ...{ created_at: at(second), updated_at: at(changed) },
    ...{ total_price: total, current_total_price: left, currency: 'USD' },
    financial_status: status === 'cancelled' ? 'paid' : status,
    cancelled_at: status === 'cancelled' ? at(changed) : null,
    ...(customer === null ? {} : { customer: { id: Number(customer), email: mail, first_name: 'John' } }),
    refunds:
      back === undefined
        ? []
        : [{ id: 1, transactions: [{ kind: 'refund', status: 'success', amount: back, currency: 'USD' }] }],
    line_items: [{ id: 1, title: 'A thing nobody has to know of', price: total }],
  };
}

const WOO_STATUS = {
  ...{ pending: 'pending', paid: 'processing', partially_refunded: 'processing' },
  ...{ refunded: 'refunded', cancelled: 'cancelled' },
} as const;

/** An order as WooCommerce sends it: instants in GMT without an offset, 0 for a guest. */
export function wooOrder({ id, customer, mail, second, changed, status, total, back }: Told): object {
  const at = (instant: number) => new Date(instant * 1_000).toISOString().slice(0, 19);
  return {
    ...{ id, number: String(id % 10_000), status: WOO_STATUS[status], currency: 'EUR', total },
    ...{ date_created_gmt: at(second), date_modified_gmt: at(changed), customer_id: Number(customer ?? 0) },
    billing: { first_name: 'John', last_name: 'Doe', email: mail ?? '' },
    refunds: back === undefined ? [] : [{ id: 1, reason: '', total: `-${back}` }],
    line_items: [{ id: 1, name: 'A thing nobody has to know of', total }],
  };
}
