import { api, json, nothing, type Operation } from './operation.ts';

/** Who gets in: API tokens. */
export const ACCESS: readonly Operation[] = [
  {
    method: 'GET',
    path: api('/tokens'),
    name: 'listTokens',
    access: 'admin',
    what: 'The API tokens of the organisation, the newest first; never the tokens themselves',
    answer: json('Token[]'),
    problems: ['forbidden', 'unavailable'],
  },
  {
    method: 'POST',
    path: api('/tokens'),
    name: 'makeToken',
    access: 'admin',
    what: 'Make an API token for some scopes, and some brands or all; it is shown in this answer alone',
    body: { schema: 'TokenDraft' },
    answer: { status: 201, what: 'The token', schema: 'NewToken' },
    problems: ['bad_field', 'unknown_field', 'forbidden', 'unavailable'],
  },
  {
    method: 'DELETE',
    path: api('/tokens/:id'),
    name: 'revokeToken',
    access: 'admin',
    what: 'End an API token now; open sockets that used it are closed within 5 s',
    answer: nothing(),
    problems: ['not_found', 'forbidden', 'unavailable'],
  },
];
