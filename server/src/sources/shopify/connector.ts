import type { Connector } from '../../domain/sources/connector.ts';
import { base64After, hmac, signedBy } from '../signature.ts';
import { mapShopify } from './map.ts';

const OPEN: ReadonlySet<string> = new Set([
  ...['financial_status', 'fulfillment_status', 'currency', 'test'],
  ...['created_at', 'updated_at', 'cancelled_at', 'refunds.transactions.kind', 'refunds.transactions.status'],
]);

/**
 * A shop at Shopify: orders, and the three signals about people it must answer. The deliveries of one
 * webhook have an id; it is not signed, but whoever sends a signed body again under another changes
 * nothing, as orders have revisions.
 */
export const shopify: Connector = {
  id: 'shopify',
  network: 'web',
  secretBy: 'network',
  verify: ({ headers, body }, secrets) =>
    signedBy(secrets, base64After('', headers['x-shopify-hmac-sha256']), (secret) => hmac(secret, body)),
  idOf: ({ headers }) => {
    const id = headers['x-shopify-webhook-id'];
    return id !== undefined && /^[\x21-\x7e]{1,128}$/.test(id) ? id : null;
  },
  topicOf: ({ headers }) => headers['x-shopify-topic'] ?? null,
  map: mapShopify,
  open: () => OPEN,
};
