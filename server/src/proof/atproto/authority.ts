import { Fault } from '../../domain/fault.ts';
import { publicName } from '../../outgoing/addresses.ts';
import type { Caller } from '../../outgoing/call.ts';
import { fieldIn, textIn, textsIn } from '../foreign.ts';
import { SCOPE } from './client.ts';
import { originOf } from './identity.ts';

/** Longest address of an endpoint: it is kept in a cookie. */
const MOST_URL = 256;

/** Who may vouch for the accounts of a data server, and where to ask. */
export interface Authority {
  readonly issuer: string;
  readonly authorize: string;
  readonly push: string;
  readonly token: string;
  readonly revoke: string | null;
}

/**
 * The authorization server of a data server: protected resource metadata (RFC 9728) name it, its own
 * metadata (RFC 8414) say how; both must speak for themselves and offer all that the protocol requires.
 * @param pds an origin @throws Fault unreachable, overloaded
 */
export async function findAuthority(pds: string, call: Caller): Promise<Authority> {
  const resource = await call({ method: 'GET', url: `${pds}/.well-known/oauth-protected-resource` });
  const named = textsIn(resource.body, 'authorization_servers');
  const issuer = originOf(named[0] ?? null);
  if (resource.status !== 200 || named.length !== 1 || issuer === null) throw unfit();
  if (originOf(textIn(resource.body, 'resource')) !== pds) throw unfit();

  const { status, body } = await call({
    method: 'GET',
    url: `${issuer}/.well-known/oauth-authorization-server`,
  });
  const authorize = endpointIn(body, 'authorization_endpoint');
  const push = endpointIn(body, 'pushed_authorization_request_endpoint');
  const token = endpointIn(body, 'token_endpoint');
  const sound = status === 200 && fieldIn(body, 'issuer') === issuer && offersAll(body);
  if (!sound || authorize === null || push === null || token === null) throw unfit();
  return { issuer, authorize, push, token, revoke: endpointIn(body, 'revocation_endpoint') };
}

function offersAll(body: unknown): boolean {
  const offers = (name: string, value: string) => textsIn(body, name).includes(value);
  return (
    offers('scopes_supported', SCOPE) &&
    offers('code_challenge_methods_supported', 'S256') &&
    offers('dpop_signing_alg_values_supported', 'ES256') &&
    offers('token_endpoint_auth_methods_supported', 'none') &&
    fieldIn(body, 'authorization_response_iss_parameter_supported') === true &&
    fieldIn(body, 'client_id_metadata_document_supported') === true
  );
}

function endpointIn(body: unknown, name: string): string | null {
  const text = textIn(body, name, MOST_URL);
  const url = text !== null && URL.canParse(text) ? new URL(text) : null;
  const sound = url?.protocol === 'https:' && url.port === '' && url.username === '' && url.hash === '';
  return sound && publicName(url.hostname) === url.hostname ? url.href : null;
}

function unfit(): Fault {
  return new Fault('unreachable', 'the server of that account did not answer as it should');
}
