import { Webhook } from 'standardwebhooks';
import type { SignedPost } from '../domain/rules/port.ts';
import type { Caller } from './call.ts';

/** Posts messages signed by Standard Webhooks; true when they were taken (2xx). @throws Fault unreachable, overloaded */
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
    return status >= 200 && status <= 299;
  };
}
