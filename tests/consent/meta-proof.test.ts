import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccountProof } from '@fanfare/server/parts.ts';
import { connectTo, createCaller } from '@fanfare/server/outgoing/call.ts';
import { createMetaProof } from '@fanfare/server/proof/meta.ts';
import { META, fakeGraph, type FakeGraph } from '../support/fake-graph.ts';
import { fakeInternet, type FakeInternet } from '../support/fake-internet.ts';

const BACK = 'https://fans.example/api/v1/fan-proofs/facebook';
const PERSON = '10223344556677889';
let internet: FakeInternet;
let graph: FakeGraph;
let proof: AccountProof;

beforeAll(async () => {
  internet = await fakeInternet();
  graph = fakeGraph(internet, [BACK]);
  proof = createMetaProof(META, internet.call);
});
afterAll(() => internet.close());
beforeEach(() => {
  graph.lies = {};
});

const go = async () => {
  const { redirect, kept } = await proof.begin('', BACK);
  const { query } = graph.approve(redirect, PERSON);
  return { kept, answer: { code: query.get('code') ?? '', state: query.get('state') ?? '', iss: null } };
};

describe('the proof of a Facebook account', () => {
  it('gives the id of our application alone, and asks for the public profile alone', async () => {
    const { redirect } = await proof.begin('', BACK);
    expect(redirect).not.toContain(META.secret);
    expect(new URL(redirect).searchParams.get('scope')).toBe('public_profile');
    const { kept, answer } = await go();
    expect(kept).not.toContain(META.secret);
    expect(await proof.finish(kept, answer)).toEqual({ fan: PERSON, name: null });
    expect(await proof.finish(kept, answer)).toBeNull();
  });

  it.each([
    ['of another application', { token: { app_id: '999999999999999' } }],
    ['of a page', { token: { type: 'PAGE' } }],
    ['that is over', { token: { is_valid: false } }],
    ['of nobody', { token: { user_id: undefined } }],
    ['of another person', { me: { id: '42' } }],
    ['of something that is no id', { token: { user_id: '../me' }, me: { id: '../me' } }],
  ])('does not hold with a token %s', async (_what, lies) => {
    const { kept, answer } = await go();
    graph.lies = lies;
    expect(await proof.finish(kept, answer)).toBeNull();
  });

  it('bears ids that are numbers', async () => {
    const { kept, answer } = await go();
    graph.lies = { token: { app_id: Number(META.id), user_id: 4_242 }, me: { id: '4242' } };
    expect(await proof.finish(kept, answer)).toEqual({ fan: '4242', name: null });
  });

  it('calls the Graph API that was set and no other place', async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.writeHead(302, { location: 'http://localhost:1/' }).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const call = createCaller(connectTo(origin));
    expect(await call({ method: 'GET', url: `${origin}/v23.0/me` })).toMatchObject({ status: 302 });
    for (const url of [
      'https://graph.facebook.com/me',
      origin.replace('http', 'https'),
      'http://127.0.0.1:1/',
    ])
      await expect(call({ method: 'GET', url })).rejects.toMatchObject({ code: 'unreachable' });
    expect(asked).toBe(1);
    server.close();
  });
});
