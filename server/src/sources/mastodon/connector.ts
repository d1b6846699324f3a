import type { Connector } from '../../domain/sources/connector.ts';
import { hexAfter, hmac, signedBy } from '../signature.ts';
import { mapMastodon } from './map.ts';

const OPEN: ReadonlySet<string> = new Set([
  ...['event', 'created_at', 'payload.type', 'payload.created_at', 'payload.status.visibility'],
  ...['object.visibility', 'object.created_at', 'object.suspended'],
]);

/** Mastodon: we listen with a token of the brand's account; an administrator's webhooks may come too, signed. */
export const mastodon: Connector = {
  id: 'mastodon',
  network: 'mastodon',
  secretBy: 'network',
  listens: true,
  verify: ({ headers, body }, secrets) =>
    signedBy(secrets, hexAfter('sha256=', headers['x-hub-signature']), (secret) => hmac(secret, body)),
  map: mapMastodon,
  open: () => OPEN,
};
