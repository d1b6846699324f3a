import { isIP } from 'node:net';

/** Who we are and what we may ask for. */
export const SCOPE = 'atproto';

/** Us, as a client of an authorization server of the AT Protocol. */
export interface AtClient {
  readonly id: string;
  /** Where people are sent back to; on one's own machine by figures, which the protocol asks for. */
  readonly back: string;
  /** The document that is at the id; `null` for the client every server knows without one. */
  readonly document: object | null;
}

/**
 * The client that belongs to an address people are sent back to: over https the one whose metadata
 * are below that address, on `localhost` the loopback client of the protocol.
 * @returns `null` where the protocol knows none: http elsewhere, a name in figures
 */
export function clientOf(back: string): AtClient | null {
  const url = new URL(back);
  const figures = isIP(url.hostname.replace(/^\[|\]$/g, '')) > 0;
  if (url.protocol === 'https:' && !figures && url.hostname.includes('.')) {
    const id = `${back}/client-metadata.json`;
    return { id, back, document: metadata(id, back, url.origin) };
  }
  if (url.protocol !== 'http:' || !['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)) return null;
  if (url.hostname === 'localhost') url.hostname = '127.0.0.1';
  const query = new URLSearchParams({ redirect_uri: url.href, scope: SCOPE });
  return { id: `http://localhost?${query.toString()}`, back: url.href, document: null };
}

/** Client metadata of a public web client whose tokens are bound to a key. */
function metadata(id: string, back: string, origin: string): object {
  return {
    client_id: id,
    client_name: 'Fanfare',
    client_uri: origin,
    redirect_uris: [back],
    application_type: 'web',
    grant_types: ['authorization_code'],
    response_types: ['code'],
    scope: SCOPE,
    token_endpoint_auth_method: 'none',
    dpop_bound_access_tokens: true,
  };
}
