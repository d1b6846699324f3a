import type { Connector, MapContext } from '../../domain/sources/connector.ts';
import { unusable, type Delivery, type Understood } from '../../domain/sources/delivery.ts';
import { endOfSecond, fieldOf, idOf, instantOf, wordOf } from '../fields.ts';
import { hmac, signedBy } from '../signature.ts';

/** TikTok sends again for 72 hours; what is taken is remembered for longer, so nothing can be played again. */
const OLDEST_MS = 72 * 3_600_000 + 300_000;
const AHEAD_MS = 300_000;
const DELETED = 2;
const OPEN: ReadonlySet<string> = new Set(['event', 'create_time']);

/** `t=…,s=…`: HMAC-SHA-256 over the instant, a dot and the raw body. */
function verify({ headers, body, receivedAt }: Delivery, secrets: readonly string[]): boolean {
  const [, t, s] = /^t=(\d{1,12}),s=([0-9a-f]{64})$/.exec(headers['tiktok-signature'] ?? '') ?? [];
  if (t === undefined || s === undefined) return false;
  const age = receivedAt - Number(t) * 1_000;
  if (age > OLDEST_MS || age < -AHEAD_MS) return false;
  return signedBy(secrets, Buffer.from(s, 'hex'), (secret) => hmac(secret, `${t}.`, body));
}

/** TikTok tells of no engagement; of somebody who leaves, it does. */
function map(body: unknown, { now }: MapContext): Understood[] {
  const event = wordOf(body, 'event');
  if (event === null) return [unusable('bad_shape', body)];
  if (event !== 'authorization.removed')
    return [unusable(/^(?:video|portability|post)\./.test(event) ? 'not_about_fans' : 'unknown_kind', body)];
  const fan = idOf(body, 'user_openid');
  if (fan === null) return [unusable('no_person', body)];
  const at = endOfSecond(instantOf(body, 'create_time') ?? now);
  const erase = fieldOf(contentOf(body), 'reason') === DELETED;
  return [{ is: 'withdrawal', network: 'tiktok', fan, at: Math.min(now, at), erase }];
}

/** `content` is JSON within JSON. */
function contentOf(body: unknown): unknown {
  const content = fieldOf(body, 'content');
  if (typeof content !== 'string') return content;
  try {
    return JSON.parse(content) as unknown;
  } catch {
    return null;
  }
}

/** An application at TikTok. */
export const tiktok: Connector = {
  id: 'tiktok',
  network: 'tiktok',
  secretBy: 'network',
  verify,
  map,
  open: () => OPEN,
};
