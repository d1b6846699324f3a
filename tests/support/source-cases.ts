// long: one table with a case for each network.
import { createHmac } from 'node:crypto';
import type { ConnectorId, Network } from '@fanfare/contract';
import { SHOPIFY_ACCOUNT, WOO_ACCOUNT, shopifyOrder, wooOrder, type Told } from './shop-bodies.ts';

/** Something a fan does at a network, or that happens to what they did. `second` orders it. */
export interface Act {
  readonly do: 'like' | 'unlike' | 'say' | 'unsay';
  readonly fan: string;
  readonly object: string;
  /** Seconds since 1970. */
  readonly second: number;
  readonly text?: string;
}

/** How one network sends: what the conformance suite needs of it. */
export interface SourceCase {
  readonly connector: ConnectorId;
  readonly network: Network;
  /** Absent where we make the secret. */
  readonly secret?: string;
  /** The brand's account, where it has to be told. */
  readonly account?: string;
  /** What a person of the network is called as a fan; absent where it is the same. */
  readonly fan?: (person: string) => string;
  /** False for a network that tells of nobody's acts. */
  readonly acts: boolean;
  readonly headers: (body: string, secret: string, second: number, n: number) => Record<string, string>;
  /** The body of a delivery of acts. */
  readonly body: (acts: readonly Act[]) => string;
  /** A delivery by which somebody leaves. */
  readonly leave: (fan: string, second: number) => string;
  /** A signed delivery of something nobody knows, with a canary for a name and one for a text. */
  readonly unknown: (second: number) => string;
}

export const CANARY = 'cnrysource';
const PAGE = '1234567890321';
const hex = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex');
const base64 = (secret: string | Buffer, text: string) =>
  createHmac('sha256', secret).update(text).digest('base64');

const meta = {
  secret: '0123456789abcdef0123456789abcdef',
  headers: (body: string, secret: string) => ({ 'x-hub-signature-256': `sha256=${hex(secret, body)}` }),
  leave: (fan: string, second: number) =>
    JSON.stringify({
      object: 'permissions',
      entry: [{ id: fan, uid: fan, time: second, changes: [{ field: 'connected', verb: 'disconnected' }] }],
    }),
};

const page: SourceCase = {
  ...meta,
  connector: 'meta_page',
  network: 'facebook',
  acts: true,
  body: (acts) =>
    JSON.stringify({
      object: 'page',
      entry: acts.map(({ do: what, fan, object, second, text }) => {
        const isLike = what === 'like' || what === 'unlike';
        const value = {
          item: isLike ? 'reaction' : 'comment',
          verb: what.startsWith('un') ? 'remove' : 'add',
          ...(isLike ? { reaction_type: 'love' } : { comment_id: `${object}_${fan}` }),
          post_id: `${PAGE}_${object}`,
          from: { id: fan, name: 'Somebody' },
          created_time: second,
          ...(what === 'say' ? { message: text ?? 'good' } : {}),
        };
        return { id: PAGE, time: second, changes: [{ field: 'feed', value }] };
      }),
    }),
  unknown: (second) =>
    JSON.stringify({
      object: 'page',
      entry: [
        {
          id: PAGE,
          time: second,
          changes: [
            { field: 'novelty', value: { item: 'bar', message: CANARY, from: { id: CANARY, name: CANARY } } },
          ],
        },
      ],
    }),
};

const instagram: SourceCase = {
  ...meta,
  connector: 'instagram',
  network: 'instagram',
  acts: true,
  // Comments alone: likes and deletions are not pushed.
  body: (acts) =>
    JSON.stringify({
      object: 'instagram',
      entry: acts
        .filter(({ do: what }) => what === 'like' || what === 'say')
        .map(({ do: what, fan, object, second, text }) => ({
          id: '0',
          time: second,
          changes: [
            {
              field: 'comments',
              value: {
                id: `${what}-${object}-${fan}-${second}`,
                text: text ?? 'good',
                from: { id: fan, username: 'x' },
                media: { id: object },
              },
            },
          ],
        })),
    }),
  unknown: (second) =>
    JSON.stringify({
      object: 'instagram',
      entry: [
        {
          id: '0',
          time: second,
          changes: [{ field: 'novelty', value: { text: CANARY, from: { id: CANARY } } }],
        },
      ],
    }),
};

const tiktok: SourceCase = {
  connector: 'tiktok',
  network: 'tiktok',
  secret: 'tiktok-client-secret',
  acts: false,
  headers: (body, secret, second) => ({
    'tiktok-signature': `t=${second},s=${hex(secret, `${second}.${body}`)}`,
  }),
  body: () => JSON.stringify({ event: 'video.publish.completed', create_time: 1_600_000_000, content: '{}' }),
  leave: (fan, second) =>
    JSON.stringify({
      ...{ client_key: 'bwo2m45353a6k85', event: 'authorization.removed', create_time: second },
      ...{ user_openid: fan, content: '{"reason": 3 }' },
    }),
  unknown: () => JSON.stringify({ event: 'some.novelty', user_openid: CANARY, content: CANARY }),
};

const x: SourceCase = {
  connector: 'x',
  network: 'x',
  secret: 'x-consumer-secret-0123456789',
  acts: true,
  headers: (body, secret) => ({ 'x-twitter-webhooks-signature': `sha256=${base64(secret, body)}` }),
  body: (acts) => {
    const at = (second: number) => new Date(second * 1_000).toISOString();
    const of = (what: Act['do']) => acts.filter((act) => act.do === what);
    const favorite = ({ fan, object, second }: Act) => ({
      ...{ id: `${object}-${fan}`, created_at: at(second), timestamp_ms: second * 1_000 },
      ...{ user: { id_str: fan }, favorited_status: { id_str: object, user: { id_str: '1' } } },
    });
    return JSON.stringify({
      for_user_id: '1',
      favorite_events: of('like').map(favorite),
      unfavorite_events: of('unlike').map(favorite),
      tweet_create_events: of('say').map(({ fan, object, second, text }) => ({
        ...{ id_str: `${object}-${fan}`, created_at: at(second), text: text ?? 'good' },
        ...{ in_reply_to_status_id_str: object, user: { id_str: fan, followers_count: 7 } },
      })),
      tweet_delete_events: of('unsay').map(({ fan, object, second }) => ({
        status: { id: `${object}-${fan}`, user_id: fan },
        timestamp_ms: second * 1_000,
      })),
    });
  },
  leave: (fan, second) =>
    JSON.stringify({
      user_event: {
        revoke: {
          date_time: new Date(second * 1_000).toISOString(),
          target: { app_id: '1' },
          source: { user_id: fan },
        },
      },
    }),
  unknown: () =>
    JSON.stringify({ for_user_id: '1', novelty_events: [{ text: CANARY, user: { id_str: CANARY } }] }),
};

const webhook: SourceCase = {
  connector: 'webhook',
  network: 'web',
  acts: true,
  headers: (body, secret, second, n) => ({
    'webhook-id': `msg_${n}`,
    'webhook-timestamp': String(second),
    'webhook-signature': `v1,${base64(Buffer.from(secret.slice(6), 'base64'), `msg_${n}.${second}.${body}`)}`,
  }),
  body: (acts) =>
    JSON.stringify({
      type: 'engagement',
      data: acts.map(({ do: what, fan, object, second, text }) => ({
        ...{ id: `${what.replace('un', '')}/${object}/${fan}`, rev: second, network: 'web', fan, object },
        ...(what.startsWith('un') ? { verb: 'remove' } : {}),
        kind: what.endsWith('like') ? 'reaction' : 'comment',
        occurredAt: new Date(second * 1_000).toISOString(),
        ...(what === 'say' ? { text: text ?? 'good' } : {}),
      })),
    }),
  leave: (fan) => JSON.stringify({ type: 'withdrawal', data: { network: 'web', fan } }),
  unknown: () => JSON.stringify({ type: 'engagement', data: { id: CANARY, name: CANARY, novelty: CANARY } }),
};

/** What an act is as an order, of a network that knows no other acts. */
const bought = ({ do: what, fan, object, second }: Act): Told => ({
  ...{ id: Number(object) * 1_000_000 + Number(fan), customer: fan, mail: null, second: second - 500 },
  ...{ changed: second, status: what.startsWith('un') ? 'refunded' : 'paid', total: '10.00' },
});

const shopify: SourceCase = {
  connector: 'shopify',
  network: 'web',
  secret: 'shopify-client-secret-0123456789',
  account: SHOPIFY_ACCOUNT,
  fan: (person) => `${SHOPIFY_ACCOUNT}/${person}`,
  acts: false,
  headers: (body, secret, _second, n) => ({
    'x-shopify-hmac-sha256': base64(secret, body),
    'x-shopify-webhook-id': `hook-${n}`,
  }),
  body: (acts) => JSON.stringify(acts.map((act) => shopifyOrder(bought(act))).at(-1) ?? {}),
  leave: (fan) =>
    JSON.stringify({
      ...{ shop_id: 954_889, shop_domain: SHOPIFY_ACCOUNT, orders_to_redact: [299_938] },
      customer: { id: Number(fan), email: `${fan}@example.org`, phone: '555-625-1199' },
    }),
  unknown: () => JSON.stringify({ id: 7, novelty: CANARY, email: `${CANARY}@example.org` }),
};

const woocommerce: SourceCase = {
  connector: 'woocommerce',
  network: 'web',
  account: WOO_ACCOUNT,
  fan: (person) => `${WOO_ACCOUNT}/${person}`,
  acts: false,
  headers: (body, secret) => ({
    'x-wc-webhook-signature': base64(secret, body),
    'x-wc-webhook-topic': /^\{"id":\d+\}$/.test(body) ? 'customer.deleted' : 'order.updated',
    // The same for all of a second: nothing may rest on it.
    'x-wc-webhook-delivery-id': 'f00',
  }),
  body: (acts) => JSON.stringify(acts.map((act) => wooOrder(bought(act))).at(-1) ?? {}),
  leave: (fan) => JSON.stringify({ id: Number(fan) }),
  unknown: () => JSON.stringify({ id: 7, novelty: CANARY, billing: { email: `${CANARY}@example.org` } }),
};

/** Every network that sends to an address; the conformance suite runs each. */
export const SOURCE_CASES: readonly SourceCase[] = [
  page,
  instagram,
  tiktok,
  x,
  webhook,
  shopify,
  woocommerce,
];
