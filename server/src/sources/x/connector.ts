import type { Connector, Handshake } from '../../domain/sources/connector.ts';
import type { Delivery } from '../../domain/sources/delivery.ts';
import { base64After, hmac, signedBy } from '../signature.ts';
import { mapX } from './map.ts';

const OPEN: ReadonlySet<string> = new Set([
  'data.event_type',
  'data.payload.created_at',
  'data.payload.lang',
]);

/**
 * Signs of a challenge. The answer to one is the signature of a delivery that reads the same, so nothing
 * that could be JSON with something in it is ever answered.
 */
const CHALLENGE = /^[\w.~+/=-]{1,512}$/;

/** The challenge-response check: X asks again and again, and stops sending after one wrong answer. */
function handshake(query: Readonly<Record<string, unknown>>, secrets: readonly string[]): Handshake | null {
  const { crc_token: token } = query;
  const [secret] = secrets;
  if (typeof token !== 'string' || !CHALLENGE.test(token) || !secret) return null;
  const answer = { response_token: `sha256=${hmac(secret, token).toString('base64')}` };
  return { type: 'application/json', body: JSON.stringify(answer) };
}

function verify({ headers, body }: Delivery, secrets: readonly string[]): boolean {
  const given = base64After('sha256=', headers['x-twitter-webhooks-signature']);
  return signedBy(secrets, given, (secret) => hmac(secret, body));
}

/** X Activity names its deliveries, in their first bytes; what somebody wrote has its quotes escaped. */
function idOf({ body }: Delivery): string | null {
  const [, id] = /"event_uuid"\s*:\s*"([\w-]{1,64})"/.exec(body.subarray(0, 512).toString()) ?? [];
  return id === undefined ? null : `event ${id}`;
}

/** An account on X, through account activity webhooks. */
export const x: Connector = {
  id: 'x',
  network: 'x',
  secretBy: 'network',
  handshake,
  verify,
  idOf,
  map: mapX,
  open: () => OPEN,
};
