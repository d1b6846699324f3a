import { createHmac } from 'node:crypto';
import type { ConnectorId, Network } from '@fanfare/contract';
import type { TestApp, TestOptions } from './app.ts';
import { FakeJetstream, type Told } from './fake-jetstream.ts';
import { FakeSocial } from './fake-social.ts';
import { CANARY, type Act } from './source-cases.ts';
import { tidOf } from './tid.ts';

/** A network that is listened to, played on this machine. */
export interface StreamFake {
  /** What a server needs to find it. */
  readonly options: TestOptions;
  /** What somebody gives to connect the brand's account of this name (a letter). */
  readonly draft: (brand: string) => { account: string; token?: string; secret?: string };
  /** The account as it stands on boards. */
  readonly account: (brand: string) => string;
  readonly act: (brand: string, act: Act) => void;
  /** Somebody leaves; `hook` is the address that their administrator's webhook goes to. */
  readonly leave: (fan: string, hook: string) => Promise<void>;
  /** Something nobody knows, with a canary for names and texts. */
  readonly unknown: (brand: string, fan: string) => void;
  /** Everything comes ten times over and in any order from now on, or once again. */
  readonly chaos: (on: boolean) => void;
  readonly drop: () => void;
  readonly open: () => number;
  /** Questions that must not be asked. */
  readonly bad: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** How one network is listened to: what the conformance suite needs of it. */
export interface StreamCase {
  readonly connector: ConnectorId;
  readonly network: Network;
  /** The n-th fan's id. */
  readonly fan: (n: number) => string;
  readonly start: (now: () => number, chance: () => number) => Promise<StreamFake>;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
export const didOf = (letter: string, n = 0): string =>
  `did:plc:${letter}${[0, 1, 2, 3].map((i) => LETTERS[Math.floor(n / 26 ** i) % 26]!).join('')}${'2'.repeat(19)}`;
const iso = (second: number) => new Date(second * 1_000).toISOString();

/** A commit of Bluesky by which a fan does something about a brand's post. */
export function commitOf(brand: string, { do: what, fan, object, second, text }: Act, micros: number): Told {
  const isLike = what === 'like' || what === 'unlike';
  const uri = `at://${brand}/app.bsky.feed.post/${object}`;
  const record = isLike
    ? { createdAt: iso(second), subject: { uri, cid: 'x' } }
    : {
        createdAt: iso(second),
        text: text ?? 'good',
        langs: ['en'],
        reply: { root: { uri }, parent: { uri } },
      };
  const collection = isLike ? 'app.bsky.feed.like' : 'app.bsky.feed.post';
  const operation = what.startsWith('un') ? 'delete' : 'create';
  const rkey = `${brand.slice(8, 9)}${object}`;
  return {
    ...{ did: fan, kind: 'commit' },
    commit: {
      rev: tidOf(micros),
      operation,
      collection,
      rkey,
      ...(operation === 'create' ? { record } : {}),
    },
  };
}

/** An account's standing at Bluesky. */
export function standingOf(did: string, at: number, status: string | null): Told {
  const time = new Date(at).toISOString();
  return {
    did,
    kind: 'account',
    account: { active: status === null, did, seq: at, time, ...(status ? { status } : {}) },
  };
}

const bluesky: StreamCase = {
  connector: 'bluesky',
  network: 'bluesky',
  fan: (n) => didOf('f', n),
  async start(now, chance) {
    const fake = await FakeJetstream.start(now, chance);
    // What one says has one id, so one revision, however the acts are thrown.
    let told = 0;
    return {
      options: { env: { JETSTREAM_URL: fake.url } },
      draft: (brand) => ({ account: didOf(brand) }),
      account: (brand) => didOf(brand),
      act: (brand, act) => fake.tell(commitOf(didOf(brand), act, act.second * 1_000_000 + ++told)),
      leave: (fan) => Promise.resolve(fake.tell(standingOf(fan, now() - 1, 'deleted'))),
      unknown: (_brand, fan) => fake.tell({ did: fan, kind: 'novelty', novelty: { name: CANARY } }),
      chaos: (on) => {
        [fake.repeats, fake.lag] = on ? [10, 250] : [1, 0];
      },
      drop: () => fake.drop(),
      open: () => fake.open,
      bad: () => fake.bad,
      close: () => fake.close(),
    };
  },
};

const SECRET = 'mastodon-webhook-secret-0123456789';
const mastodon: StreamCase = {
  connector: 'mastodon',
  network: 'mastodon',
  fan: (n) => `fan${n}@social.example`,
  async start(now, chance) {
    const fake = await FakeSocial.start(chance);
    const tokens = new Map(['a', 'b', 'c', 'd', 'e', 'g', 'h'].map((brand) => [brand, fake.account(brand)]));
    // People of one's own server are told without it.
    const account = (acct: string) => {
      return { id: '9', acct: acct.replace(`@${fake.name}`, ''), bot: false, followers_count: 7 };
    };
    return {
      options: { outside: { connect: fake.connect, resolveText: () => Promise.resolve([]) } },
      draft: (brand) => ({ account: `@${brand}@${fake.name}`, token: tokens.get(brand)!, secret: SECRET }),
      account: (brand) => `${brand}@${fake.name}`,
      act: (brand, { do: what, fan, object, second, text }) => {
        const made = { created_at: iso(second), account: account(fan) };
        const mentions = [{ id: '1', acct: brand }];
        const reply = { in_reply_to_id: object, in_reply_to_account_id: '1', mentions };
        const id = `${brand.codePointAt(0)}${object}${fan.replaceAll(/\D/g, '')}`;
        const status = { ...made, ...reply, id, visibility: 'public', content: `<p>${text ?? 'good'}</p>` };
        if (what === 'like')
          fake.notify(brand, { ...made, type: 'favourite', status: { id: object, visibility: 'public' } });
        if (what === 'say') fake.notify(brand, { ...made, type: 'mention', status });
        if (what === 'unsay') fake.remove(brand, id);
      },
      leave: async (fan, hook) => {
        const object = { id: '1', username: 'x', email: `${CANARY}@x`, ip: '203.0.113.9', suspended: true };
        const body = JSON.stringify({
          ...{ event: 'account.updated', created_at: new Date(now() - 1).toISOString() },
          object: { ...object, account: account(fan) },
        });
        const made = createHmac('sha256', SECRET).update(body).digest('hex');
        const answer = await fetch(hook, {
          method: 'POST',
          headers: { 'x-hub-signature': `sha256=${made}` },
          body,
        });
        if (answer.status !== 200) throw new Error(`not taken: ${answer.status}`);
      },
      unknown: (brand, fan) =>
        fake.notify(brand, {
          type: 'novelty',
          created_at: iso(1_000_000_000),
          account: account(fan),
          novelty: CANARY,
        }),
      chaos: (on) => {
        [fake.repeats, fake.lag] = on ? [10, 250] : [1, 0];
      },
      drop: () => fake.drop(),
      open: () => fake.open,
      bad: () => [],
      close: () => fake.close(),
    };
  },
};

/** Every network that is listened to. */
export const STREAM_CASES: readonly StreamCase[] = [bluesky, mastodon];

/** Connect a network that is listened to; its fans consent to being measured since `at` (ms). */
export async function connectStream(
  app: TestApp,
  one: StreamCase,
  fake: StreamFake,
  letter: string,
  fans: readonly string[],
  at: number,
): Promise<{ brand: string; id: number; hook: string }> {
  const brand = await app.makeBrand(`${one.connector}-${letter}`);
  await allow(app, brand, one, fans, at);
  const draft = { connector: one.connector, name: brand, ...fake.draft(letter) };
  const { status, body } = await app.call('POST', `/brands/${brand}/sources`, draft);
  if (status !== 201) throw new Error(`not connected: ${status} ${JSON.stringify(body)}`);
  const { id, url } = body as { id: number; url: string };
  return { brand, id, hook: app.url + new URL(url).pathname };
}

/** These fans consent to being measured since `at` (ms). */
export async function allow(
  app: TestApp,
  brand: string,
  one: StreamCase,
  fans: readonly string[],
  at: number,
) {
  const records = fans.map((fan) => ({
    ...{ network: one.network, fan, purposes: { measure: true }, at: new Date(at).toISOString(), age: '18+' },
    ...{ method: 'form', notice: { version: '2026-11', locale: 'fr' } },
  }));
  await app.call('POST', `/brands/${brand}/consents`, records);
}
