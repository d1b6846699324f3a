import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Caller } from '@fanfare/server/proof/call.ts';

/** A Mastodon server as far as sign-in goes, checking what the real one checks. */
export interface FakeMastodon {
  /** Reaches this server under the https name it plays, and no other. */
  readonly call: Caller;
  /** What a person does who says yes at `redirect`; gives the query they come back with. */
  readonly approve: (redirect: string, username: string) => { back: string; code: string; state: string };
  /** Tokens given out and not revoked. */
  readonly open: () => number;
  readonly close: () => Promise<void>;
}

interface Grant {
  readonly client: string;
  readonly back: string;
  readonly challenge: string;
  readonly username: string;
}

/** @param name the host it plays @param old without the scope `profile`, like servers before 4.3 */
export async function fakeMastodon(name: string, { old = false } = {}): Promise<FakeMastodon> {
  const apps = new Map<string, { secret: string; back: string; scope: string }>();
  const grants = new Map<string, Grant>();
  const tokens = new Map<string, string>();
  const chance = () => randomBytes(16).toString('hex');

  const answer = (path: string, form: URLSearchParams, token: string): [number, object] => {
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
      grants.delete(field('code'));
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
    const username = tokens.get(token);
    if (path === '/api/v1/accounts/verify_credentials' && username !== undefined)
      return [200, { id: '109', username, acct: username, url: `https://${name}/@${username}` }];
    return [401, { error: 'The access token is invalid' }];
  };

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
      const form = new URLSearchParams(Buffer.concat(parts).toString());
      const [status, body] = answer(request.url ?? '', form, token);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    call: async ({ method, url, form, token }) => {
      const { host, pathname } = new URL(url);
      if (host !== name) throw new Error(`no such host: ${host}`);
      const made = await fetch(`http://127.0.0.1:${port}${pathname}`, {
        method,
        ...(form ? { body: new URLSearchParams(form) } : {}),
        ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
      });
      return { status: made.status, body: await made.json() };
    },
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
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
