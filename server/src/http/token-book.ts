import type { IncomingHttpHeaders } from 'node:http';
import type { ApiTokens } from '../domain/access/token.ts';
import type { IdentityBook } from './access.ts';

const BEARER = /^Bearer (fanfare_[\w-]{1,64})$/i;

/** API tokens as a proof of who asks. */
export function tokenBook(tokens: ApiTokens): IdentityBook {
  return {
    find({ authorization }: IncomingHttpHeaders) {
      const text = BEARER.exec(authorization ?? '')?.[1];
      if (text === undefined) return undefined;
      const found = tokens.find(text);
      if (!found) return null;
      const { id, organisation, scopes } = found;
      return { kind: 'token', id, organisation, scopes, brands: found.brands && new Set(found.brands) };
    },
  };
}
