import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

type Claims = Readonly<Record<string, unknown>>;

/** Who signs in at the company, and what it does wrong on the way. */
export interface CompanyAnswer {
  /** Claims about them; replaces the honest ones of the same name. */
  readonly claims: Claims;
  /** Sign with a key that is not the company's, or not at all. */
  readonly signature?: 'forged' | 'none';
  /** No token that says who they are. */
  readonly silent?: true;
}

/** A small OpenID Connect provider with real signatures: codes, PKCE and secrets are checked. */
export interface FakeCompany {
  readonly issuer: string;
  /** What the next sign-in gives. */
  answer: CompanyAnswer;
  /** Codes that were exchanged, and exchanges that were refused. */
  readonly counts: { exchanged: number; refused: number };
  readonly close: () => Promise<void>;
}

export const COMPANY_CLIENT = { id: 'fanfare', secret: 'company-secret-of-tests' };

interface Grant {
  readonly challenge: string;
  readonly nonce: string;
  readonly redirect: string;
}

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export async function fakeCompany(): Promise<FakeCompany> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const { privateKey: strange } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const grants = new Map<string, Grant>();
  const server = createServer((request, response) => void serve(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const company: FakeCompany = {
    issuer,
    answer: { claims: {} },
    counts: { exchanged: 0, refused: 0 },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };

  function tokenFor({ nonce }: Grant): string {
    const now = Math.floor(Date.now() / 1_000);
    const honest = { iss: issuer, aud: COMPANY_CLIENT.id, nonce, iat: now, exp: now + 300 };
    const { claims, signature } = company.answer;
    const alg = signature === 'none' ? 'none' : 'RS256';
    const body = `${base64({ alg, kid: 'one', typ: 'JWT' })}.${base64({ ...honest, ...claims })}`;
    return `${body}.${signature === 'none' ? '' : signed(body, signature === 'forged' ? strange : privateKey)}`;
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', issuer);
    const query = (name: string) => url.searchParams.get(name) ?? '';
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(response, 200, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          code_challenge_methods_supported: ['S256'],
          authorization_response_iss_parameter_supported: true,
        });
      case '/keys':
        return json(response, 200, {
          keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }],
        });
      case '/authorize': {
        const code = randomBytes(16).toString('base64url');
        const redirect = query('redirect_uri');
        grants.set(code, { challenge: query('code_challenge'), nonce: query('nonce'), redirect });
        const back = new URL(redirect);
        back.search = new URLSearchParams({ code, state: query('state'), iss: issuer }).toString();
        response.writeHead(302, { location: back.href }).end();
        return;
      }
      case '/token':
        return exchange(new URLSearchParams(await text(request)), request, response);
      default:
        return json(response, 404, {});
    }
  }

  function exchange(form: URLSearchParams, request: IncomingMessage, response: ServerResponse): void {
    const grant = grants.get(form.get('code') ?? '');
    grants.delete(form.get('code') ?? '');
    const given = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const [, basic = ''] = (request.headers.authorization ?? '').split('Basic ');
    const [id, secret] = Buffer.from(basic, 'base64').toString().split(':').map(decodeURIComponent);
    const good =
      grant?.challenge === given &&
      grant.redirect === form.get('redirect_uri') &&
      id === COMPANY_CLIENT.id &&
      secret === COMPANY_CLIENT.secret;
    if (!good) {
      company.counts.refused++;
      return json(response, 400, { error: 'invalid_grant' });
    }
    company.counts.exchanged++;
    const told = company.answer.silent ? {} : { id_token: tokenFor(grant) };
    json(response, 200, { access_token: 'opaque', token_type: 'Bearer', expires_in: 60, ...told });
  }

  return company;
}

function signed(body: string, key: KeyObject): string {
  return sign('sha256', Buffer.from(body), key).toString('base64url');
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
