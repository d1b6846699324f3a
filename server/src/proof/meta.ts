import { createHmac } from 'node:crypto';
import type { AccountProof } from '../parts.ts';
import { within, type Caller } from '../outgoing/call.ts';
import { fieldIn, textIn } from './foreign.ts';
import { WAY_MS, chance, same } from './oauth.ts';

/** What must be kept between sending a fan to Facebook and their coming back. */
interface Kept {
  readonly back: string;
  readonly state: string;
}

/** Our application at Meta. */
export interface MetaApp {
  readonly id: string;
  readonly secret: string;
  /** With the version, without a slash at the end. */
  readonly graphUrl: string;
}

/**
 * Proof of a Facebook account: the authorization code flow of Facebook Login, and `debug_token`, which
 * must say that the token is a person's, in force, and ours. The network id is the one Meta gives that
 * person for our application alone. The token is forgotten at once. It is not revoked: to take the
 * permission back is to deauthorize the application, which Meta then reports as a withdrawal.
 * @param caller makes the calls; in production to the Graph API alone
 */
export function createMetaProof({ id, secret, graphUrl }: MetaApp, caller: Caller): AccountProof {
  const graph = (path: string, query: Readonly<Record<string, string>>) =>
    `${graphUrl}/${path}?${new URLSearchParams(query).toString()}`;
  return {
    network: 'facebook',
    asks: null,
    begin(_written, back) {
      const kept: Kept = { back, state: chance() };
      const ask = new URLSearchParams({
        client_id: id,
        redirect_uri: back,
        state: kept.state,
        response_type: 'code',
        scope: 'public_profile',
      });
      const redirect = `${dialogOf(graphUrl)}?${ask.toString()}`;
      return Promise.resolve({ redirect, kept: JSON.stringify(kept) });
    },
    async finish(text, { code, state }) {
      const kept = JSON.parse(text) as Kept;
      if (!same(state, kept.state)) return null;
      const call = within(caller, WAY_MS);
      const exchanged = await call({
        method: 'POST',
        url: `${graphUrl}/oauth/access_token`,
        form: { client_id: id, client_secret: secret, redirect_uri: kept.back, code },
      });
      const token = textIn(exchanged.body, 'access_token');
      if (exchanged.status !== 200 || token === null) return null;
      const looked = await call({
        method: 'GET',
        url: graph('debug_token', { input_token: token, access_token: `${id}|${secret}` }),
      });
      const data = fieldIn(looked.body, 'data');
      const ours = idIn(data, 'app_id') === id && fieldIn(data, 'type') === 'USER';
      if (looked.status !== 200 || !ours || fieldIn(data, 'is_valid') !== true) return null;
      const proof = createHmac('sha256', secret).update(token).digest('hex');
      const asked = await call({
        method: 'GET',
        url: graph('me', { fields: 'id', access_token: token, appsecret_proof: proof }),
      });
      const fan = idIn(asked.body, 'id');
      if (asked.status !== 200 || fan === null || fan !== idIn(data, 'user_id')) return null;
      return { fan, name: null };
    },
  };
}

/** Where people are asked, beside a Graph API: `www` for `graph`, the same host for any other. */
function dialogOf(graphUrl: string): string {
  return `${graphUrl.replace(/^https:\/\/graph\./, 'https://www.')}/dialog/oauth`;
}

/** An id of Meta, which is written as text in some answers and as a number in others. */
function idIn(body: unknown, name: string): string | null {
  const value = fieldIn(body, name);
  const text = Number.isSafeInteger(value) ? String(value) : value;
  return typeof text === 'string' && /^[1-9]\d{0,31}$/.test(text) ? text : null;
}
