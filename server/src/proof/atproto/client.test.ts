import { describe, expect, it } from 'vitest';
import { clientOf } from './client.ts';
import { readAccount } from './identity.ts';

describe('clientOf', () => {
  it('is what its document says, over https', () => {
    const back = 'https://fans.example/api/v1/fan-proofs/bluesky';
    expect(clientOf(back)).toEqual({
      id: `${back}/client-metadata.json`,
      back,
      document: {
        client_id: `${back}/client-metadata.json`,
        client_name: 'Fanfare',
        client_uri: 'https://fans.example',
        redirect_uris: [back],
        application_type: 'web',
        grant_types: ['authorization_code'],
        response_types: ['code'],
        scope: 'atproto',
        token_endpoint_auth_method: 'none',
        dpop_bound_access_tokens: true,
      },
    });
  });
  it('is the loopback client on one’s own machine, sent back to figures', () => {
    const back = 'http://127.0.0.1:3000/x';
    const id = 'http://localhost?redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2Fx&scope=atproto';
    expect(clientOf('http://localhost:3000/x')).toEqual({ id, back, document: null });
    expect(clientOf('http://[::1]:3000/x')?.back).toBe('http://[::1]:3000/x');
  });
  it.each(['http://fans.example/x', 'https://203.0.113.9/x', 'https://intranet/x', 'http://192.168.1.2/x'])(
    'is none at %s',
    (back) => expect(clientOf(back)).toBeNull(),
  );
});

describe('readAccount', () => {
  const did = `did:plc:${'a'.repeat(24)}`;
  it.each([
    ['alice.bsky.social', { handle: 'alice.bsky.social' }],
    [' @Alice.bsky.social ', { handle: 'alice.bsky.social' }],
    ['\u202a@alice.bsky.social\u202c', { handle: 'alice.bsky.social' }],
    ['https://bsky.app/profile/alice.fr', { handle: 'alice.fr' }],
    [`https://bsky.app/profile/${did}`, { did }],
    ['at://alice.fr', { handle: 'alice.fr' }],
    ['did:web:alice.fr', { did: 'did:web:alice.fr' }],
  ])('%j', (written, account) => expect(readAccount(written)).toEqual(account));
  it.each([
    '',
    'alice',
    '@alice',
    'alice@bsky.social',
    'did:plc:short',
    'did:web:localhost',
    'did:web:a.fr:b',
    'did:key:x',
    'alice.local',
    '127.0.0.1',
    'a.fr/b',
    'x'.repeat(300),
  ])('refuses %j', (written) => expect(readAccount(written)).toBeNull());
});
