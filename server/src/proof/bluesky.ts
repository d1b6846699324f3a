import type { JWK } from 'jose';
import { Fault } from '../domain/fault.ts';
import type { AccountProof, Clock } from '../parts.ts';
import { findAuthority } from './atproto/authority.ts';
import { SCOPE, clientOf } from './atproto/client.ts';
import { makeKey, postBound } from './atproto/dpop.ts';
import { findIdentity, readAccount, type ResolveText } from './atproto/identity.ts';
import { within, type Caller } from '../outgoing/call.ts';
import { textIn } from './foreign.ts';
import { WAY_MS, challengeOf, chance, same } from './oauth.ts';

/** What must be kept between sending a fan to their server and their coming back. */
interface Kept {
  readonly did: string;
  readonly handle: string | null;
  readonly client: string;
  readonly back: string;
  readonly issuer: string;
  readonly token: string;
  readonly revoke: string | null;
  /** PKCE (RFC 7636). */
  readonly verifier: string;
  readonly state: string;
  /** Private key the token is bound to; of no use once the token is revoked. */
  readonly key: JWK;
}

/** What the proof needs of the outside. */
export interface BlueskyTools {
  /** In production to public servers alone. */
  readonly call: Caller;
  readonly resolveText: ResolveText;
  readonly clock: Clock;
}

/**
 * Proof of an account of the AT Protocol: OAuth with pushed request (RFC 9126), PKCE, DPoP and issuer
 * (RFC 9207) at the server that the account's own document names, for the scope `atproto`, which says
 * who it is and gives no right. The network id is the DID, which stays when handle or server change.
 * Only the DID the way began with is taken: a server speaks for the accounts it holds alone.
 */
export function createBlueskyProof({ call: caller, resolveText, clock }: BlueskyTools): AccountProof {
  return {
    network: 'bluesky',
    asks: 'handle',
    describe: (back) => clientOf(back)?.document ?? null,
    async begin(written, wanted) {
      const account = readAccount(written);
      if (account === null) throw new Fault('bad_field', 'handle: is a whole name such as alice.bsky.social');
      const client = clientOf(wanted);
      if (client === null) throw new Fault('not_found');
      const call = within(caller, WAY_MS);
      const { did, handle, pds } = await findIdentity(account, call, resolveText);
      const { issuer, authorize, push, token, revoke } = await findAuthority(pds, call);
      const [key, verifier, state] = [await makeKey(), chance(), chance()];
      const pushed = await postBound(call, key, clock, push, {
        response_type: 'code',
        client_id: client.id,
        redirect_uri: client.back,
        scope: SCOPE,
        state,
        code_challenge: challengeOf(verifier),
        code_challenge_method: 'S256',
        login_hint: handle ?? did,
      });
      const request = textIn(pushed.body, 'request_uri');
      if ((pushed.status !== 201 && pushed.status !== 200) || request === null)
        throw new Fault('unreachable', 'the server of that account did not answer as it should');
      const redirect = new URL(authorize);
      redirect.searchParams.set('client_id', client.id);
      redirect.searchParams.set('request_uri', request);
      const { id, back } = client;
      const kept: Kept = { did, handle, client: id, back, issuer, token, revoke, verifier, state, key };
      return { redirect: redirect.href, kept: JSON.stringify(kept) };
    },
    async finish(text, { code, state, iss }) {
      const kept = JSON.parse(text) as Kept;
      if (!same(state, kept.state) || iss !== kept.issuer) return null;
      const call = within(caller, WAY_MS);
      const { status, body } = await postBound(call, kept.key, clock, kept.token, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: kept.back,
        client_id: kept.client,
        code_verifier: kept.verifier,
      });
      const token = textIn(body, 'access_token');
      if (status !== 200 || token === null) return null;
      // Nothing more is asked; a server that cannot revoke lets the token die by itself.
      if (kept.revoke !== null) {
        const form = { client_id: kept.client, token };
        await postBound(call, kept.key, clock, kept.revoke, form).catch(() => undefined);
      }
      const bound = textIn(body, 'token_type')?.toLowerCase() === 'dpop';
      const scopes = textIn(body, 'scope')?.split(' ') ?? [];
      if (!bound || !scopes.includes(SCOPE) || textIn(body, 'sub') !== kept.did) return null;
      return { fan: kept.did, name: kept.handle === null ? null : `@${kept.handle}` };
    },
  };
}
