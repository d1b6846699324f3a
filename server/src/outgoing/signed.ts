import { Webhook } from 'standardwebhooks';
import { Fault } from '../domain/fault.ts';
import type { SignedPost } from '../domain/signed-post.ts';
import type { Caller } from './call.ts';

/** The one way in which alerts, reports and rules reach a server of the brand. */
export function createSignedPost(call: Caller): SignedPost {
  return async ({ url, key }, name, payload, at) => {
    const signer = new Webhook(Buffer.from(key).toString('base64'));
    const { status } = await call({
      method: 'POST',
      url,
      body: payload,
      headers: {
        'content-type': 'application/json',
        'webhook-id': name,
        'webhook-timestamp': String(Math.floor(at / 1_000)),
        'webhook-signature': signer.sign(name, new Date(at), payload),
      },
    });
    if (status < 200 || status > 299) throw new Fault('unreachable', 'the webhook was refused');
  };
}
