import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RightsRequestList } from '@fanfare/contract';
import { startMails, type Mails } from '../drills/support/trace/mails.ts';
import { startApp, type TestApp } from '../support/app.ts';
import type { Told } from '../support/shop-bodies.ts';
import * as stage from '../support/shop-stage.ts';

const DAY = 86_400_000;
let now = Math.floor(Date.now() / 1_000) * 1_000;
let app: TestApp;
let mails: Mails;
beforeAll(async () => {
  mails = await startMails();
  app = await startApp({ clock: () => now, smtpUrl: mails.url });
});
afterAll(async () => {
  await app.close();
  await mails.close();
});
// A new hour, a new allowance.
beforeEach(() => {
  now += 3_600_000;
});

const second = () => Math.floor(now / 1_000);
const told = (change: Partial<Told>): Told => ({
  ...{ id: 1_001, customer: '26', mail: null, second: second() - 600, changed: second() - 600 },
  ...{ status: 'paid', total: '59.99', ...change },
});
const rows = (brand: string) => stage.rowsOf(app, brand);
const read = stage.heldOf;

describe('what Shopify asks about people', () => {
  const customer = (id: number | null, email: string | null) => ({
    ...(id === null ? {} : { id }),
    ...(email === null ? {} : { email }),
  });
  const about = (account: string, whom: object, rest: object) => ({
    ...{ shop_id: 954_889, shop_domain: account, customer: whom, ...rest },
  });

  it('is done within five seconds: who is forgotten leaves their purchases, and the board', async () => {
    const shop = await stage.connectShop(app, 'redact', 'shopify');
    const { brand, account } = shop;
    const known = `${account}/26`;
    await stage.agree(app, brand, 'web', known, now - DAY);
    await stage.agree(app, brand, 'facebook', 'bea', now - DAY);
    await stage.proveMail(app, mails, brand, 'bea', 'bea@example.com');
    const event = {
      id: 'e',
      network: 'web',
      kind: 'view',
      fan: known,
      occurredAt: new Date(now - 60_000).toISOString(),
    };
    expect((await app.call('POST', `/brands/${brand}/events`, event)).body).toMatchObject({ counted: 1 });
    await stage.sendShop(app, shop, stage.orderOf(shop, told({})), { n: 1 });
    await stage.sendShop(
      app,
      shop,
      stage.orderOf(shop, told({ id: 2, customer: null, mail: 'bea@example.com' })),
      { n: 2 },
    );
    expect(await rows(brand)).toHaveLength(2);
    // By the address alone.
    const byMail = about(account, customer(null, 'Bea@example.com'), { orders_to_redact: [2] });
    expect(await stage.sendShop(app, shop, byMail, { n: 3, under: 'wrong' })).toBe(401);
    expect(await rows(brand)).toHaveLength(2);
    let began = performance.now();
    expect(await stage.sendShop(app, shop, byMail, { n: 3 })).toBe(200);
    const bea = await read(app, brand, 'facebook', 'bea');
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(bea).toMatchObject({ purchases: [], mails: [] });
    expect(bea.consents.at(-1)).toMatchObject({ purpose: 'purchases', granted: false });
    // What was redacted does not come back, whoever it would be.
    await stage.sendShop(app, shop, stage.orderOf(shop, told({ id: 2, customer: '26', changed: second() })), {
      n: 4,
    });
    expect((await read(app, brand, 'web', known)).purchases).toHaveLength(1);
    // By the account.
    began = performance.now();
    const byAccount = about(account, customer(26, 'x@example.com'), { orders_to_redact: [] });
    expect(await stage.sendShop(app, shop, byAccount, { n: 5 })).toBe(200);
    await expect
      .poll(async () => (await app.board(brand, '24h')).measures['engagements@1']!.value, { interval: 50 })
      .toBe(0);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(await read(app, brand, 'web', known)).toMatchObject({ purchases: [], consents: [] });
    expect((await stage.shopState(app, shop)).counts.withdrawals).toBe(2);
  });

  it('finds by an account alone who had an order tied by mail', async () => {
    const shop = await stage.connectShop(app, 'redact-id', 'shopify');
    await stage.agree(app, shop.brand, 'facebook', 'bea', now - DAY);
    await stage.proveMail(app, mails, shop.brand, 'bea', 'bea2@example.com');
    const order = stage.orderOf(shop, told({ customer: '31', mail: 'bea2@example.com' }));
    await stage.sendShop(app, shop, order, { n: 1 });
    expect((await read(app, shop.brand, 'facebook', 'bea')).purchases).toHaveLength(1);
    const byAccount = about(shop.account, customer(31, null), { orders_to_redact: [] });
    expect(await stage.sendShop(app, shop, byAccount, { n: 2 })).toBe(200);
    expect(await read(app, shop.brand, 'facebook', 'bea')).toMatchObject({ purchases: [], mails: [] });
  });

  it('enters the requests with their clock, once, with a name only where there is one', async () => {
    const shop = await stage.connectShop(app, 'asks', 'shopify');
    const { brand, account } = shop;
    await stage.agree(app, brand, 'web', `${account}/26`, now - DAY);
    const asks = (id: number) =>
      about(account, customer(id, 'someone@example.com'), {
        orders_requested: [1],
        data_request: { id: 9_999 },
      });
    for (const [id, n] of [
      [26, 1],
      [26, 1],
      [40, 2],
    ] as const)
      expect(await stage.sendShop(app, shop, asks(id), { n })).toBe(200);
    const list = (await app.call('GET', `/brands/${brand}/rights`)).body as RightsRequestList;
    expect(list.open).toBe(2);
    expect(list.requests.map(({ kind, channel, person }) => [kind, channel, person?.fan ?? null])).toEqual(
      expect.arrayContaining([
        ['access', 'shop', `${account}/26`],
        ['access', 'shop', null],
      ]),
    );
    for (const { daysLeft } of list.requests) expect(daysLeft).toBeGreaterThan(27);
  });

  it('lets all that came of a shop go', async () => {
    const shop = await stage.connectShop(app, 'shop-gone', 'shopify');
    await stage.agree(app, shop.brand, 'web', `${shop.account}/26`, now - DAY);
    await stage.sendShop(app, shop, stage.orderOf(shop, told({})), { n: 1 });
    await stage.sendShop(app, shop, { id: 5 }, { n: 2, topic: 'products/delete' });
    expect((await stage.shopState(app, shop)).letters).toHaveLength(1);
    const left = { shop_id: 954_889, shop_domain: shop.account };
    expect(await stage.sendShop(app, shop, left, { n: 3 })).toBe(200);
    expect(await rows(shop.brand)).toEqual([]);
    const { letters, lastError } = await stage.shopState(app, shop);
    expect(letters.map(({ reason }) => reason)).toEqual(['account_left']);
    expect(lastError?.code).toBe('account_left');
  });
});

describe('WooCommerce', () => {
  it('is answered with exactly 200 when it asks, unsigned, whether somebody is here; and nothing happens', async () => {
    const shop = await stage.connectShop(app, 'ping', 'woocommerce');
    const ask = (body: string) =>
      fetch(app.url + shop.path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      });
    const answer = await ask('webhook_id=12');
    expect([answer.status, await answer.text()]).toEqual([200, '']);
    for (const body of ['webhook_id=12&x=1', 'webhook_id=', 'id=12', 'webhook_id=12\n'])
      expect((await ask(body)).status, body).toBe(401);
    const { counts, lastDeliveryAt } = await stage.shopState(app, shop);
    expect([counts.deliveries, counts.forged, lastDeliveryAt]).toEqual([0, 4, null]);
  });
});
