import type { Connector } from '../../domain/sources/connector.ts';
import type { Delivery } from '../../domain/sources/delivery.ts';
import { readJson } from '../read-json.ts';
import { base64After, hmac, signedBy } from '../signature.ts';
import { mapWooCommerce, nameOf } from './map.ts';

const OPEN: ReadonlySet<string> = new Set(['status', 'currency', 'date_created_gmt', 'date_modified_gmt']);

const topicOf = ({ headers }: Delivery) => headers['x-wc-webhook-topic'] ?? null;

/**
 * A shop with WooCommerce. We make its secret: WooCommerce decodes what looks like HTML in one that is
 * typed, and ours has nothing of the kind. It tells nobody that somebody withdrew; only that the account
 * of a customer was deleted.
 */
export const woocommerce: Connector = {
  id: 'woocommerce',
  network: 'web',
  secretBy: 'us',
  // Sent as a form when the webhook is made, unsigned; anything but 200 and it is not made.
  isPing: ({ body }) => body.length <= 32 && /^webhook_id=\d{1,10}$/.test(body.toString('latin1')),
  verify: ({ headers, body }, secrets) =>
    signedBy(secrets, base64After('', headers['x-wc-webhook-signature']), (secret) => hmac(secret, body)),
  idOf: (delivery) => nameOf(readJson(delivery.body), topicOf(delivery)),
  topicOf,
  map: mapWooCommerce,
  open: () => OPEN,
};
