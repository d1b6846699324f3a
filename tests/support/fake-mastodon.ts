import { createHash, randomBytes } from 'node:crypto';
import type { FakeInternet, Handler } from './fake-internet.ts';

/** A Mastodon server as far as sign-in goes, checking what the real one checks. */
export interface FakeMastodon {
  /** What a person does who says yes at `redirect`; gives the query they come back with. */
  readonly approve: (redirect: string, username: string) => { back: string; code: string; state: string };
  /** Tokens given out and not revoked. */
  readonly open: () => number;
}

interface Grant {
  readonly client: string;
  readonly back: string;
  readonly challenge: string;
  readonly username: string;
}

/**
 * @param name the host it plays @param old without the scope `profile`, like servers before 4.3
 * @param careless takes a code again and again, unlike the real one
 */
export function fakeMastodon(
  internet: FakeInternet,
  name: string,
  { old = false, careless = false } = {},
): FakeMastodon {
  const apps = new Map<string, { secret: string; back: string; scope: string }>();
  const grants = new Map<string, Grant>();
  const tokens = new Map<string, string>();
  const chance = () => randomBytes(16).toString('hex');

  const answer: Handler = ({ path, form, headers }) => {
    const field = (key: string) => form.get(key) ?? '';
    if (path === '/api/v1/apps') {
      const scope = field('scopes');
      if (old && scope === 'profile') return [422, { error: 'Scopes is not valid' }];
      const [id, secret] = [chance(), chance()];
      apps.set(id, { secret, back: field('redirect_uris'), scope });
      return [200, { id: '1', name: field('client_name'), client_id: id, client_secret: secret }];
    }
    if (path === '/oauth/token') {
      const grant = grants.get(field('code'));
      if (!careless) grants.delete(field('code'));
      const proof = createHash('sha256').update(field('code_verifier')).digest('base64url');
      const app = apps.get(field('client_id'));
      const good =
        grant && app && grant.client === field('client_id') && app.secret === field('client_secret');
      if (!good || grant.back !== field('redirect_uri') || proof !== grant.challenge)
        return [400, { error: 'invalid_grant' }];
      const made = chance();
      tokens.set(made, grant.username);
      return [200, { access_token: made, token_type: 'Bearer', scope: app.scope, created_at: 1 }];
    }
    if (path === '/oauth/revoke') {
      tokens.delete(field('token'));
      return [200, {}];
    }
    const username = tokens.get(headers.authorization?.replace('Bearer ', '') ?? '');
    if (path === '/api/v1/accounts/verify_credentials' && username !== undefined)
      return [200, { id: '109', username, acct: username, url: `https://${name}/@${username}` }];
    return [401, { error: 'The access token is invalid' }];
  };
  internet.serve(name, answer);

  return {
    approve(redirect, username) {
      const { searchParams: asked, host, pathname } = new URL(redirect);
      const field = (key: string) => asked.get(key) ?? '';
      const app = apps.get(field('client_id'));
      const sound = host === name && pathname === '/oauth/authorize' && field('response_type') === 'code';
      if (!sound || app?.back !== field('redirect_uri') || app.scope !== field('scope'))
        throw new Error('not a request that Mastodon takes');
      if (field('code_challenge_method') !== 'S256') throw new Error('no PKCE');
      const code = chance();
      const challenge = field('code_challenge');
      grants.set(code, { client: field('client_id'), back: app.back, challenge, username });
      return { back: app.back, code, state: field('state') };
    },
    open: () => tokens.size,
  };
}
