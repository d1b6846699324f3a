import { createHmac } from 'node:crypto';
import type { NewSource, SourceDetail } from '@fanfare/contract';
import { consent, type TestApp } from './app.ts';
import type { Mails } from '../drills/support/trace/mails.ts';
import { visitAs, type FanVisit } from './fan-visit.ts';
import { SHOPIFY_ACCOUNT, WOO_ACCOUNT, shopifyOrder, wooOrder, type Told } from './shop-bodies.ts';

/** A shop that is connected to a brand. */
export interface ConnectedShop {
  readonly kind: 'shopify' | 'woocommerce';
  readonly brand: string;
  readonly id: number;
  readonly path: string;
  readonly secret: string;
  readonly account: string;
}

/** What is held of somebody's purchases, as the API tells it. */
export interface HeldPurchases {
  readonly purchases: readonly {
    readonly key: string;
    readonly shop: string;
    readonly number: string;
    readonly at: string;
    readonly paid: boolean;
    readonly amount: number;
    readonly currency: string;
    readonly by: string;
  }[];
  readonly mails: readonly { readonly handle: string; readonly address: string }[];
  readonly consents: readonly { readonly purpose: string; readonly granted: boolean }[];
}

const SHOPIFY_SECRET = 'shopify-client-secret-0123456789';

/** Make a brand with one shop. */
export async function connectShop(
  app: TestApp,
  brand: string,
  kind: ConnectedShop['kind'],
): Promise<ConnectedShop> {
  await app.makeBrand(brand);
  const account = kind === 'shopify' ? SHOPIFY_ACCOUNT : WOO_ACCOUNT;
  const draft = { connector: kind, name: 'S', account: `https://${account.toUpperCase()}/` };
  const { status, body } = await app.call('POST', `/brands/${brand}/sources`, {
    ...draft,
    ...(kind === 'shopify' ? { secret: SHOPIFY_SECRET } : {}),
  });
  if (status !== 201) throw new Error(`not connected: ${status} ${JSON.stringify(body)}`);
  const made = body as NewSource;
  const [path, secret] = [new URL(made.url).pathname, made.secret ?? SHOPIFY_SECRET];
  return { kind, brand, id: made.id, path, secret, account };
}

/** Send a signed body; gives the status. @param n names the delivery where the shop does */
export async function sendShop(
  app: TestApp,
  { kind, path, secret }: ConnectedShop,
  body: object,
  { n = 0, topic = '', under = secret } = {},
): Promise<number> {
  const text = JSON.stringify(body);
  const signed = createHmac('sha256', under).update(text).digest('base64');
  const headers: Record<string, string> =
    kind === 'shopify'
      ? { 'x-shopify-hmac-sha256': signed, 'x-shopify-webhook-id': `hook-${n}`, 'x-shopify-topic': topic }
      : { 'x-wc-webhook-signature': signed, 'x-wc-webhook-topic': topic, 'x-wc-webhook-delivery-id': 'f00' };
  const answer = await fetch(app.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: text,
  });
  await answer.arrayBuffer();
  return answer.status;
}

/** An order in the words of a shop. */
export function orderOf({ kind }: ConnectedShop, told: Told): object {
  return kind === 'shopify' ? shopifyOrder(told) : wooOrder(told);
}

/** Somebody agrees to these purposes at `at` (ms). */
export async function agree(
  app: TestApp,
  brand: string,
  network: string,
  fan: string,
  at: number,
  purposes: Record<string, boolean> = { measure: true, purchases: true },
): Promise<void> {
  const { status } = await app.call('POST', `/brands/${brand}/consents`, consent(fan, at, purposes, network));
  if (status !== 200) throw new Error(`no consent: ${status}`);
}

/** A fan at Facebook proves an address on their page, by the mail that is sent to it. */
export async function proveMail(
  app: TestApp,
  mails: Mails,
  brand: string,
  fan: string,
  mail: string,
): Promise<FanVisit> {
  const visit = await visitAs(app, brand, fan);
  const asked = await visit.call('POST', `/fan/${brand}/purchases/mails`, { email: mail });
  if (asked.status !== 204) throw new Error(`no mail: ${asked.status} ${JSON.stringify(asked.body)}`);
  const token = mails.linkFor(mail);
  const proved = await visit.call('POST', `/fan/${brand}/purchases/mails/confirm`, { token });
  if (proved.status !== 204) throw new Error(`not proved: ${proved.status} ${JSON.stringify(proved.body)}`);
  return visit;
}

/** What the brand holds of somebody's purchases. */
export async function heldOf(
  app: TestApp,
  brand: string,
  network: string,
  fan: string,
): Promise<HeldPurchases> {
  return (await app.call('POST', `/brands/${brand}/fans/held`, { network, fan })).body;
}

/** How the source is doing. */
export async function shopState(app: TestApp, { brand, id }: ConnectedShop): Promise<SourceDetail> {
  return (await app.call('GET', `/brands/${brand}/sources/${id}`)).body;
}

/** Rows of orders of a brand, those that say no more than that one is gone too. */
export function rowsOf(app: TestApp, brand: string): Promise<{ fan: number | null; text: string }[]> {
  return app.database.sql<{ fan: number | null; text: string }[]>`
    select p.fan, to_jsonb(p)::text as text from purchase as p join brand as b on b.id = p.brand_id
    where b.slug = ${brand}`;
}
