import { createHmac, randomBytes } from 'node:crypto';
import type { FakeInternet } from './fake-internet.ts';

export const META = {
  id: '234567890123456',
  secret: '0123456789abcdef0123456789abcdef',
  graphUrl: 'https://graph.facebook.com/v23.0',
};

/** Facebook Login and the Graph API as far as sign-in goes, checking what the real ones check. */
export interface FakeGraph {
  /** What a person does who says yes at `redirect`. */
  readonly approve: (redirect: string, person: string) => { back: string; query: URLSearchParams };
  readonly deny: (redirect: string) => { back: string; query: URLSearchParams };
  /** Fields of `debug_token` and of `me` that are told otherwise. */
  lies: { readonly token?: object; readonly me?: object };
}

/** @param backs where the application may send people, exactly @param careless takes a code again and again */
export function fakeGraph(
  internet: FakeInternet,
  backs: readonly string[],
  { careless = false } = {},
): FakeGraph {
  const codes = new Map<string, { back: string; person: string }>();
  const tokens = new Map<string, string>();
  const chance = () => randomBytes(16).toString('hex');
  const oauth = (code: number, message: string) =>
    [400, { error: { message, type: 'OAuthException', code } }] as const;

  internet.serve('graph.facebook.com', ({ method, path, query, form }) => {
    if (path === '/v23.0/oauth/access_token') {
      const grant = codes.get(form.get('code') ?? '');
      if (!careless) codes.delete(form.get('code') ?? '');
      if (method !== 'POST' || form.get('client_id') !== META.id || form.get('client_secret') !== META.secret)
        return oauth(1, 'Error validating client secret.');
      if (!grant || grant.back !== form.get('redirect_uri'))
        return oauth(100, 'Error validating verification code.');
      const token = `EAA${chance()}`;
      tokens.set(token, grant.person);
      return [200, { access_token: token, token_type: 'bearer', expires_in: 5_183_944 }];
    }
    const token = query.get('input_token') ?? query.get('access_token') ?? '';
    const person = tokens.get(token);
    if (path === '/v23.0/debug_token') {
      if (query.get('access_token') !== `${META.id}|${META.secret}`)
        return oauth(190, 'Invalid OAuth access token.');
      const data = { app_id: META.id, type: 'USER', is_valid: person !== undefined, user_id: person };
      return [200, { data: { ...data, scopes: ['public_profile'], ...fake.lies.token } }];
    }
    const proof = createHmac('sha256', META.secret).update(token).digest('hex');
    if (path !== '/v23.0/me' || person === undefined) return oauth(2500, 'An active access token is needed');
    if (query.get('appsecret_proof') !== proof) return oauth(100, 'Invalid appsecret_proof');
    return [200, { id: person, ...fake.lies.me }];
  });

  const arrive = (redirect: string): { back: string; state: string } => {
    const { origin, pathname, searchParams: asked } = new URL(redirect);
    const back = asked.get('redirect_uri') ?? '';
    const state = asked.get('state') ?? '';
    if (origin + pathname !== 'https://www.facebook.com/v23.0/dialog/oauth')
      throw new Error('not the dialog of Facebook Login');
    if (asked.get('client_id') !== META.id || asked.get('response_type') !== 'code' || state.length < 22)
      throw new Error('not a request that Facebook takes');
    if (!backs.includes(back)) throw new Error('URL blocked: not a valid OAuth redirect URI');
    return { back, state };
  };
  const fake: FakeGraph = {
    lies: {},
    approve(redirect, person) {
      const { back, state } = arrive(redirect);
      const code = `AQ${chance()}`;
      codes.set(code, { back, person });
      return { back, query: new URLSearchParams({ code, state }) };
    },
    deny(redirect) {
      const { back, state } = arrive(redirect);
      const said = {
        error_reason: 'user_denied',
        error: 'access_denied',
        error_description: 'Permissions error',
      };
      return { back, query: new URLSearchParams({ ...said, state }) };
    },
  };
  return fake;
}
