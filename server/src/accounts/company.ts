import * as oidc from 'openid-client';
import type { CompanySignIn, CompanyStep } from '../domain/accounts/company.ts';
import { Fault } from '../domain/fault.ts';
import type { Clock } from '../parts.ts';

/** What the company told us of its sign-in. */
export interface CompanySettings extends Pick<CompanySignIn, 'name' | 'domains' | 'role'> {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The company's server may be private, and speak http: for tests, and for who runs both. */
  readonly inside: boolean;
}

/** How it is spoken to: where calls may go is decided there. */
export type CompanyFetch = oidc.CustomFetch;

/** What the company's server says of itself is asked for again after an hour. */
const DESCRIPTION_MS = 60 * 60_000;
const MOST_NAME = 80;

/** @param redirect where the browser comes back to */
export function createCompanySignIn(
  settings: CompanySettings,
  redirect: string,
  call: CompanyFetch,
  clock: Clock,
): CompanySignIn {
  let described: Promise<oidc.Configuration> | null = null;
  let since = 0;

  function describe(): Promise<oidc.Configuration> {
    if (described && clock() - since < DESCRIPTION_MS) return described;
    since = clock();
    const asked = oidc.discovery(
      new URL(settings.issuer),
      settings.clientId,
      { redirect_uris: [redirect] },
      authentication(settings.clientSecret),
      {
        [oidc.customFetch]: call,
        // A code from the token endpoint alone would do by the standard; we want the signature as well.
        execute: [oidc.enableNonRepudiationChecks, ...(settings.inside ? [oidc.allowInsecureRequests] : [])],
      },
    );
    described = asked;
    asked.catch(() => {
      if (described === asked) described = null;
    });
    return asked;
  }

  return {
    name: settings.name,
    domains: settings.domains,
    role: settings.role,
    fresh: () => ({
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    }),
    async begin({ state, nonce, verifier }: CompanyStep) {
      const config = await describe().catch(unreachable);
      return oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirect,
        scope: 'openid email profile',
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      }).href;
    },
    async end(address, { state, nonce, verifier }) {
      const config = await describe().catch(unreachable);
      const tokens = await oidc
        .authorizationCodeGrant(config, address, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        // What the server said, or what was forged, is not for whoever asks.
        .catch(() => Promise.reject(new Fault('unauthenticated', 'company_refused')));
      const claims = tokens.claims();
      if (!claims) throw new Fault('unauthenticated', 'company_refused');
      const email = textOf(claims['email']).trim().toLowerCase();
      return {
        account: `${claims.iss} ${claims.sub}`,
        email,
        verified: claims['email_verified'] === true && /^[^\s@<>"]+@[^\s@<>"]+$/.test(email),
        name: (textOf(claims['name']).trim() || email).slice(0, MOST_NAME),
      };
    },
  };
}

/** By a header, as the standard prefers; in the body where the server takes nothing else. */
function authentication(secret: string): oidc.ClientAuth {
  const [basic, post] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const ways = server.token_endpoint_auth_methods_supported;
    const inHeader = ways === undefined || ways.includes('client_secret_basic');
    (inHeader ? basic : post)(server, client, body, headers);
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 320) : '';
}

function unreachable(): never {
  throw new Fault('unreachable', 'the company’s sign-in did not answer as it should');
}
