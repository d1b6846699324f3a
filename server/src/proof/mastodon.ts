import { Fault } from '../domain/fault.ts';
import type { AccountProof } from '../parts.ts';
import { publicName } from '../outgoing/addresses.ts';
import { within, type Caller } from '../outgoing/call.ts';
import { textIn } from './foreign.ts';
import { WAY_MS, challengeOf, chance, same } from './oauth.ts';

const SCOPE = 'profile';
/** What older servers know. */
const OLD_SCOPE = 'read:accounts';

/** What must be kept between sending a fan to their server and their coming back. */
interface Kept {
  readonly server: string;
  readonly back: string;
  readonly client: string;
  readonly secret: string;
  /** PKCE (RFC 7636). */
  readonly verifier: string;
  readonly state: string;
}

/**
 * Proof of a Mastodon account: OAuth 2 authorization code with PKCE (S256) at the fan's own server,
 * where an application is registered for the occasion, then `verify_credentials`. The network id is
 * `name@server`, lower case: the address other servers know an account by. A server speaks for its
 * own host alone, whatever it answers. The token is revoked at once.
 * @param caller makes the calls; in production to public servers alone
 */
export function createMastodonProof(caller: Caller): AccountProof {
  return {
    network: 'mastodon',
    asks: 'server',
    async begin(written, back) {
      const call = within(caller, WAY_MS);
      const server = publicName(written);
      if (server === null) throw new Fault('bad_field', 'server: is the public name of a Mastodon server');
      const { client, secret, scope } = await register(call, server, back);
      const kept: Kept = { server, back, client, secret, verifier: chance(), state: chance() };
      const ask = new URLSearchParams({
        response_type: 'code',
        client_id: client,
        redirect_uri: back,
        scope,
        state: kept.state,
        code_challenge: challengeOf(kept.verifier),
        code_challenge_method: 'S256',
      });
      return { redirect: `https://${server}/oauth/authorize?${ask.toString()}`, kept: JSON.stringify(kept) };
    },
    async finish(text, { code, state }) {
      const kept = JSON.parse(text) as Kept;
      if (!same(state, kept.state)) return null;
      const call = within(caller, WAY_MS);
      const { server, back, client, secret, verifier } = kept;
      const app = { client_id: client, client_secret: secret };
      const exchanged = await call({
        method: 'POST',
        url: `https://${server}/oauth/token`,
        form: { grant_type: 'authorization_code', code, redirect_uri: back, code_verifier: verifier, ...app },
      });
      const token = textIn(exchanged.body, 'access_token');
      if (exchanged.status !== 200 || token === null) return null;
      const account = await call({
        method: 'GET',
        url: `https://${server}/api/v1/accounts/verify_credentials`,
        token,
      });
      // Nothing more is asked of the account; a server that cannot revoke lets the token die by itself.
      await call({ method: 'POST', url: `https://${server}/oauth/revoke`, form: { ...app, token } }).catch(
        () => undefined,
      );
      const name = textIn(account.body, 'username')?.toLowerCase();
      if (account.status !== 200 || !name || !/^[a-z0-9_](?:[a-z0-9_.-]{0,62}[a-z0-9_])?$/.test(name))
        return null;
      return { fan: `${name}@${server}`, name: null };
    },
  };
}

async function register(
  call: Caller,
  server: string,
  back: string,
): Promise<{ client: string; secret: string; scope: string }> {
  // `profile` says who it is and nothing else; servers before 4.3 do not have it.
  for (const scope of [SCOPE, OLD_SCOPE]) {
    const { status, body } = await call({
      method: 'POST',
      url: `https://${server}/api/v1/apps`,
      form: { client_name: 'Fanfare', redirect_uris: back, scopes: scope, website: new URL(back).origin },
    });
    const [client, secret] = [textIn(body, 'client_id'), textIn(body, 'client_secret')];
    if (status === 200 && client !== null && secret !== null) return { client, secret, scope };
  }
  throw new Fault('unreachable', 'that server did not answer as a Mastodon server does');
}
