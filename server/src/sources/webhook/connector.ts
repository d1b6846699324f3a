import { NETWORKS, isFault, parseEvent } from '@fanfare/contract';
import type { Connector, MapContext } from '../../domain/sources/connector.ts';
import { unusable, type Delivery, type Understood } from '../../domain/sources/delivery.ts';
import { fieldOf, idOf, wordOf } from '../fields.ts';
import { base64After, hmac, signedBy } from '../signature.ts';

/** Seconds a delivery may be old, or ahead: as Standard Webhooks has it. */
const WINDOW_MS = 300_000;
const OPEN: ReadonlySet<string> = new Set(['network', 'kind', 'verb', 'occurredAt', 'lang', 'rev', 'type']);

/** Standard Webhooks: `v1,` and the HMAC-SHA-256 over id, instant and body; any of several signatures. */
function verify({ headers, body, receivedAt }: Delivery, secrets: readonly string[]): boolean {
  const [id, at, given = ''] = ['id', 'timestamp', 'signature'].map((name) => headers[`webhook-${name}`]);
  if (id === undefined || at === undefined || !/^[\x21-\x7e]{1,256}$/.test(id) || !/^\d{1,12}$/.test(at))
    return false;
  if (Math.abs(receivedAt - Number(at) * 1_000) > WINDOW_MS) return false;
  // A prefix with nothing after it would be an empty key, which anybody has.
  const usable = secrets.filter((secret) => keyOf(secret).length > 0);
  const list = given.split(' ').slice(0, 8);
  return list.some((one) =>
    signedBy(usable, base64After('v1,', one), (secret) => hmac(keyOf(secret), `${id}.${at}.`, body)),
  );
}

/** `whsec_` and the key in Base64; a secret without it is its own key. */
function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret);
}

/** One event of our API, a list of them, or `{type, data}` with `engagement` or `withdrawal`. */
function map(body: unknown, context: MapContext): Understood[] {
  const type = wordOf(body, 'type');
  const data = type === null ? body : fieldOf(body, 'data');
  const list = Array.isArray(data) ? (data as unknown[]) : [data];
  if (list.length === 0) return [unusable('bad_shape', body)];
  return list.map((one): Understood => {
    if (type === 'withdrawal') return withdrawal(one, context);
    if (type !== null && type !== 'engagement') return unusable('unknown_kind', one);
    const event = parseEvent(one, context.now);
    if (!isFault(event)) return { is: 'engagement', event };
    const late = event.code === 'in_future' || event.code === 'too_old';
    return unusable(
      late ? 'out_of_time' : event.code === 'unknown_field' ? 'unknown_kind' : 'bad_shape',
      one,
    );
  });
}

function withdrawal(one: unknown, { now }: MapContext): Understood {
  const network = NETWORKS.find((name) => name === fieldOf(one, 'network'));
  const fan = idOf(one, 'fan');
  if (!network || fan === null) return unusable('no_person', one);
  return { is: 'withdrawal', network, fan, at: now, erase: fieldOf(one, 'erase') === true };
}

/** Any program that signs as Standard Webhooks has it. */
export const webhook: Connector = {
  id: 'webhook',
  network: 'other',
  secretBy: 'us',
  verify,
  idOf: ({ headers }: Delivery) => headers['webhook-id'] ?? null,
  map,
  open: () => OPEN,
};
