import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccountProof } from '@fanfare/server/parts.ts';
import { createBlueskyProof } from '@fanfare/server/proof/bluesky.ts';
import { startApp } from '../support/app.ts';
import { DID, ISSUER, PDS, documentOf, fakeAtproto, type FakeAtproto } from '../support/fake-atproto.ts';
import { fakeInternet, type FakeInternet } from '../support/fake-internet.ts';

const BACK = 'https://fans.example/api/v1/fan-proofs/bluesky';
let internet: FakeInternet;
let atproto: FakeAtproto;
let proof: AccountProof;

beforeAll(async () => {
  internet = await fakeInternet();
  const clock = Date.now;
  atproto = fakeAtproto(internet, clock);
  proof = createBlueskyProof({ call: internet.call, resolveText: internet.resolveText, clock });
  internet.serve('fans.example', ({ path }) =>
    path === '/api/v1/fan-proofs/bluesky/client-metadata.json' ? [200, proof.describe!(BACK)!] : [404, {}],
  );
});
afterAll(() => internet.close());
beforeEach(() => {
  atproto.lies = {};
  internet.texts.set('_atproto.alice.example', [['did=', DID]]);
});

const go = async (written = 'alice.example', back = BACK) => {
  const { redirect, kept } = await proof.begin(written, back);
  const { query, back: to } = atproto.approve(redirect);
  const answer = { code: query.get('code') ?? '', state: query.get('state') ?? '', iss: query.get('iss') };
  return { redirect, kept, answer, to };
};
const refused = (written = 'alice.example') =>
  expect(proof.begin(written, BACK)).rejects.toMatchObject({ code: 'unreachable' });

describe('the proof of a Bluesky account', () => {
  it('is asked as the web client that our own document describes, sent back exactly there', async () => {
    const { redirect, kept, answer, to } = await go();
    expect(to).toBe(BACK);
    expect(new URL(redirect).searchParams.get('client_id')).toBe(`${BACK}/client-metadata.json`);
    // What asks is pushed from server to server: the address names neither account nor state.
    expect(redirect).not.toContain('alice');
    expect(await proof.finish(kept, answer)).toEqual({ fan: DID, name: '@alice.example' });
    expect(atproto.open()).toBe(0);
  });

  it('is asked as the loopback client on one’s own machine', async () => {
    const { redirect, kept, answer, to } = await go(DID, 'http://localhost:3000/api/v1/fan-proofs/bluesky');
    expect(to).toBe('http://127.0.0.1:3000/api/v1/fan-proofs/bluesky');
    expect(new URL(redirect).searchParams.get('client_id')).toMatch(
      /^http:\/\/localhost\?redirect_uri=http%3A/,
    );
    expect(await proof.finish(kept, answer)).toEqual({ fan: DID, name: null });
  });

  it('is described by the server at the address of the client', async () => {
    const app = await startApp({ proofs: [{ ...proof, describe: () => proof.describe!(BACK) }] });
    const answer = await fetch(`${app.url}/api/v1/fan-proofs/bluesky/client-metadata.json`);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toEqual(proof.describe!(BACK));
    await app.close();
  });

  it('fits a cookie', async () => {
    const { kept } = await proof.begin('alice.example', BACK);
    expect(kept.length).toBeLessThan(1_400);
  });

  it('finds a handle by https where the name server knows none', async () => {
    internet.texts.delete('_atproto.alice.example');
    internet.serve('alice.example', ({ path }) =>
      path === '/.well-known/atproto-did' ? [200, `${DID}\n`] : [404, {}],
    );
    const { kept, answer } = await go('https://bsky.app/profile/Alice.example');
    expect(await proof.finish(kept, answer)).toMatchObject({ fan: DID });
  });

  it.each([
    [
      'a handle the account does not claim',
      () => void (atproto.lies = { document: documentOf('bob.example') }),
    ],
    ['the document of another', () => void (atproto.lies = { document: { id: 'did:plc:b' } })],
    ['a document without a data server', () => void (atproto.lies = { document: { service: [] } })],
    [
      'a data server in a private place',
      () => {
        const one = { id: '#atproto_pds', type: 'AtprotoPersonalDataServer' };
        const serviceEndpoint = 'https://127.0.0.1';
        atproto.lies = { document: { service: [{ ...one, serviceEndpoint }] } };
      },
    ],
    [
      'two answers of the name server',
      () => void internet.texts.set('_atproto.alice.example', [[`did=${DID}`], ['did=x']]),
    ],
    ['no DID at all', () => void internet.texts.set('_atproto.alice.example', [['did=did:key:x']])],
    [
      'a data server that speaks for another',
      () => void (atproto.lies = { resource: { resource: 'https://x.example' } }),
    ],
    [
      'two issuers',
      () =>
        void (atproto.lies = {
          resource: { authorization_servers: [`https://${ISSUER}`, `https://${PDS}`] },
        }),
    ],
    [
      'an issuer under another name',
      () => void (atproto.lies = { server: { issuer: 'https://evil.example' } }),
    ],
    [
      'a server without PKCE',
      () => void (atproto.lies = { server: { code_challenge_methods_supported: ['plain'] } }),
    ],
    [
      'a server that does not name itself',
      () => void (atproto.lies = { server: { authorization_response_iss_parameter_supported: false } }),
    ],
    [
      'a private token endpoint',
      () => void (atproto.lies = { server: { token_endpoint: 'https://[::1]/token' } }),
    ],
    [
      'an unsafe place to send people',
      () => void (atproto.lies = { server: { authorization_endpoint: 'javascript:alert(1)' } }),
    ],
  ])('begins nothing with %s', async (_what, lie) => {
    lie();
    const before = atproto.pushed();
    await refused();
    expect(atproto.pushed()).toBe(before);
  });

  it.each([
    ['another account', { sub: 'did:plc:bbbbbbbbbbbbbbbbbbbbbbbb' }],
    ['no account', { sub: undefined }],
    ['a token that is not bound', { token_type: 'Bearer' }],
    ['a scope that says nothing', { scope: 'transition:generic' }],
  ])('does not hold when the server vouches for %s', async (_what, token) => {
    const { kept, answer } = await go();
    atproto.lies = { token };
    expect(await proof.finish(kept, answer)).toBeNull();
    expect(atproto.open()).toBe(0);
  });

  it('does not hold with another verifier, key or address', async () => {
    const [mine, other] = [await go(), await go()];
    const [kept, foreign] = [mine.kept, other.kept].map(
      (text) => JSON.parse(text) as Record<string, unknown>,
    );
    for (const name of ['verifier', 'key', 'client'] as const) {
      const spoiled = JSON.stringify({ ...kept, [name]: name === 'client' ? 'x' : foreign![name] });
      const { code } = (await go()).answer;
      expect(await proof.finish(spoiled, { ...mine.answer, code })).toBeNull();
    }
  });
});
