import { createHash, randomBytes } from 'node:crypto';
import { dpopGuard } from './fake-dpop.ts';
import type { FakeInternet, Handler, Replied } from './fake-internet.ts';

export const DID = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa';
export const PDS = 'pds.example';
export const ISSUER = 'auth.example';

/** Things a bad server of the AT Protocol says. */
export interface Lies {
  readonly document?: object;
  readonly resource?: object;
  readonly server?: object;
  readonly token?: object;
}

/** One account `alice.example` with its data server and its authorization server, which are strict. */
export interface FakeAtproto {
  /** What a person does who says yes at `redirect`; gives where they come back to and with which query. */
  readonly approve: (redirect: string) => { back: string; query: URLSearchParams };
  readonly deny: (redirect: string) => { back: string; query: URLSearchParams };
  /** Tokens given out and not revoked. */
  readonly open: () => number;
  /** Pushed requests taken. */
  readonly pushed: () => number;
  lies: Lies;
}

interface Pushed {
  readonly form: URLSearchParams;
  readonly thumbprint: string;
}

/** @param clock of its proofs, milliseconds @param careless takes a code again and again */
export function fakeAtproto(
  internet: FakeInternet,
  clock: () => number,
  { careless = false } = {},
): FakeAtproto {
  const guard = dpopGuard(clock);
  const requests = new Map<string, Pushed>();
  const codes = new Map<string, Pushed>();
  const tokens = new Set<string>();
  const chance = () => randomBytes(16).toString('hex');
  const at = (path: string) => `https://${ISSUER}${path}`;
  let pushes = 0;

  internet.texts.set('_atproto.alice.example', [['did=', DID]]);
  internet.serve('plc.directory', ({ path }) =>
    path === `/${DID}` ? [200, { ...documentOf(), ...fake.lies.document }] : [404, { message: 'not found' }],
  );
  internet.serve(PDS, ({ path }) =>
    path === '/.well-known/oauth-protected-resource'
      ? [
          200,
          {
            resource: `https://${PDS}`,
            authorization_servers: [`https://${ISSUER}`],
            ...fake.lies.resource,
          },
        ]
      : [404, {}],
  );

  const taken = async (form: URLSearchParams, thumbprint: string): Promise<Replied> => {
    const backs = await backsOf(internet, form.get('client_id') ?? '');
    const wants = { response_type: 'code', scope: 'atproto', code_challenge_method: 'S256' };
    const sound = Object.entries(wants).every(([name, value]) => form.get(name) === value);
    const sized = (form.get('code_challenge') ?? '').length === 43 && (form.get('state') ?? '').length >= 22;
    if (!sound || !sized) return [400, { error: 'invalid_request' }];
    if (!backs.includes(form.get('redirect_uri') ?? ''))
      return [400, { error: 'invalid_request', error_description: 'Invalid redirect_uri' }];
    const id = `urn:ietf:params:oauth:request_uri:${chance()}`;
    requests.set(id, { form, thumbprint });
    pushes += 1;
    return [201, { request_uri: id, expires_in: 300 }];
  };
  const exchanged = (form: URLSearchParams, thumbprint: string): Replied => {
    const grant = codes.get(form.get('code') ?? '');
    if (!careless) codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const equal = (name: string) => grant?.form.get(name) === form.get(name);
    if (!grant || !equal('client_id') || !equal('redirect_uri') || grant.thumbprint !== thumbprint)
      return [400, { error: 'invalid_grant' }];
    if (form.get('grant_type') !== 'authorization_code' || grant.form.get('code_challenge') !== challenge)
      return [400, { error: 'invalid_grant' }];
    const made = chance();
    tokens.add(made);
    const answer = { access_token: made, token_type: 'DPoP', sub: DID, scope: 'atproto', expires_in: 300 };
    return [200, { ...answer, ...fake.lies.token }];
  };
  const answer: Handler = async (asked) => {
    const { path, form, method } = asked;
    if (path === '/.well-known/oauth-authorization-server')
      return [200, { ...metadataOf(at), ...fake.lies.server }];
    if (method !== 'POST') return [405, {}];
    const held = guard.check(asked, at(path));
    if ('refused' in held) return held.refused;
    if (path === '/oauth/par') return taken(form, held.thumbprint);
    if (path === '/oauth/token') return exchanged(form, held.thumbprint);
    if (path === '/oauth/revoke') tokens.delete(form.get('token') ?? '');
    return [200, {}];
  };
  internet.serve(ISSUER, answer);

  const arrive = (redirect: string): Pushed => {
    const { origin, pathname, searchParams: asked } = new URL(redirect);
    const id = asked.get('request_uri') ?? '';
    const request = requests.get(id);
    requests.delete(id);
    const names = [...asked.keys()].toSorted().join();
    if (origin + pathname !== at('/oauth/authorize') || names !== 'client_id,request_uri')
      throw new Error('not a request that this server takes');
    if (!request || request.form.get('client_id') !== asked.get('client_id'))
      throw new Error('no such pushed request');
    return request;
  };
  const comeBack = ({ form }: Pushed, extra: Record<string, string>) => ({
    back: form.get('redirect_uri') ?? '',
    query: new URLSearchParams({ iss: `https://${ISSUER}`, state: form.get('state') ?? '', ...extra }),
  });
  const fake: FakeAtproto = {
    lies: {},
    approve(redirect) {
      const request = arrive(redirect);
      const code = `cod-${chance()}`;
      codes.set(code, request);
      return comeBack(request, { code });
    },
    deny: (redirect) => comeBack(arrive(redirect), { error: 'access_denied' }),
    open: () => tokens.size,
    pushed: () => pushes,
  };
  return fake;
}

/** The document of the account. */
export function documentOf(handle = 'alice.example'): object {
  return {
    '@context': ['https://www.w3.org/ns/did/v1'],
    id: DID,
    alsoKnownAs: [`at://${handle}`],
    service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: `https://${PDS}` }],
  };
}

function metadataOf(at: (path: string) => string): object {
  return {
    issuer: `https://${ISSUER}`,
    authorization_endpoint: at('/oauth/authorize'),
    token_endpoint: at('/oauth/token'),
    pushed_authorization_request_endpoint: at('/oauth/par'),
    revocation_endpoint: at('/oauth/revoke'),
    require_pushed_authorization_requests: true,
    scopes_supported: ['atproto', 'transition:generic'],
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'],
    dpop_signing_alg_values_supported: ['ES256', 'ES384'],
    authorization_response_iss_parameter_supported: true,
    client_id_metadata_document_supported: true,
  };
}

/** Where a client may be sent back to: by its metadata, or the loopback client by its own name. */
async function backsOf(internet: FakeInternet, client: string): Promise<string[]> {
  const url = new URL(client);
  if (client.startsWith('http://localhost?')) {
    const backs = url.searchParams.getAll('redirect_uri');
    return backs.filter((back) => ['127.0.0.1', '[::1]'].includes(new URL(back).hostname));
  }
  const { body } = await internet.call({ method: 'GET', url: client });
  const document = body as {
    client_id?: string;
    redirect_uris?: string[];
    dpop_bound_access_tokens?: boolean;
  };
  const sound = document.client_id === client && document.dpop_bound_access_tokens === true;
  return sound ? (document.redirect_uris ?? []) : [];
}
