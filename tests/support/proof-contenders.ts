import type { Network } from '@fanfare/contract';
import type { AccountProof } from '@fanfare/server/parts.ts';
import { createBlueskyProof } from '@fanfare/server/proof/bluesky.ts';
import { createMastodonProof } from '@fanfare/server/proof/mastodon.ts';
import { createMetaProof } from '@fanfare/server/proof/meta.ts';
import { DID, ISSUER, PDS, fakeAtproto } from './fake-atproto.ts';
import { META, fakeGraph } from './fake-graph.ts';
import type { FakeInternet } from './fake-internet.ts';
import { fakeMastodon } from './fake-mastodon.ts';

/** One way to prove an account, with the fake of its network. */
export interface Contender {
  readonly network: Network;
  readonly proof: AccountProof;
  /** What a fan writes. */
  readonly writes: object;
  /** The account that says yes. */
  readonly account: { readonly network: Network; readonly fan: string; readonly name: string | null };
  /** Hosts asked on the way there, and on the way back. */
  readonly there: readonly string[];
  readonly back: string;
  /** Names its issuer in what people come back with. */
  readonly tellsIssuer: boolean;
  readonly approve: (redirect: string) => URLSearchParams;
  readonly deny: (redirect: string) => URLSearchParams;
  /** Tokens left open; `null` where they cannot be revoked. */
  readonly open: () => number | null;
}

/**
 * Every proof of the product against a fake that takes a code more than once, so that it is our own
 * state that must not be used twice. @param publicUrl of the app @param clock milliseconds
 */
export function contenders(internet: FakeInternet, publicUrl: string, clock: () => number): Contender[] {
  const { call, resolveText } = internet;
  const careless = { careless: true };
  const mastodon = fakeMastodon(internet, 'mastodon.example', careless);
  const atproto = fakeAtproto(internet, clock, careless);
  const graph = fakeGraph(internet, [`${publicUrl}/api/v1/fan-proofs/facebook`], careless);
  return [
    {
      network: 'bluesky',
      proof: createBlueskyProof({ call, resolveText, clock }),
      writes: { handle: 'alice.example' },
      account: { network: 'bluesky', fan: DID, name: '@alice.example' },
      there: ['plc.directory', PDS, ISSUER],
      back: ISSUER,
      tellsIssuer: true,
      approve: (redirect) => atproto.approve(redirect).query,
      deny: (redirect) => atproto.deny(redirect).query,
      open: atproto.open,
    },
    {
      network: 'mastodon',
      proof: createMastodonProof(call),
      writes: { server: 'mastodon.example' },
      account: { network: 'mastodon', fan: 'alice@mastodon.example', name: null },
      there: ['mastodon.example'],
      back: 'mastodon.example',
      tellsIssuer: false,
      approve: (redirect) => {
        const { code, state } = mastodon.approve(redirect, 'alice');
        return new URLSearchParams({ code, state });
      },
      deny: (redirect) => {
        const { state } = mastodon.approve(redirect, 'alice');
        return new URLSearchParams({ error: 'access_denied', state });
      },
      open: mastodon.open,
    },
    {
      network: 'facebook',
      proof: createMetaProof(META, call),
      writes: {},
      account: { network: 'facebook', fan: '10223344556677889', name: null },
      there: [],
      back: 'graph.facebook.com',
      tellsIssuer: false,
      approve: (redirect) => graph.approve(redirect, '10223344556677889').query,
      deny: (redirect) => graph.deny(redirect).query,
      open: () => null,
    },
  ];
}
