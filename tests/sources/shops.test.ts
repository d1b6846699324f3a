import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PurchaseTable } from '@fanfare/contract';
import { startMails, type Mails } from '../drills/support/trace/mails.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { visitAs } from '../support/fan-visit.ts';
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

const second = (ms = now) => Math.floor(ms / 1_000);
const told = (change: Partial<Told>): Told => ({
  ...{ id: 1_001, customer: '26', mail: null, second: second() - 600, changed: second() - 600 },
  ...{ status: 'paid', total: '59.99', ...change },
});
const rows = (brand: string) => stage.rowsOf(app, brand);
const read = stage.heldOf;
const KINDS = ['shopify', 'woocommerce'] as const;

describe.each(KINDS)('orders of %s', (kind) => {
  const connect = async (name: string) => {
    const shop = await stage.connectShop(app, `${kind}-${name}`, kind);
    const send = (change: Partial<Told>, n = change.changed ?? 0) =>
      stage.sendShop(app, shop, stage.orderOf(shop, told(change)), { n, topic: 'orders/updated' });
    const known = `${shop.account}/26`;
    return { ...shop, shop, send, known };
  };

  it('are kept of who agreed, and counted away of everybody else', async () => {
    const { shop, brand, send, known } = await connect('gate');
    await stage.agree(app, brand, 'web', known, now - DAY);
    await stage.agree(app, brand, 'web', `${shop.account}/27`, now - DAY, { measure: true });
    expect(await send({}, 1)).toBe(200);
    expect(await send({ id: 2, customer: '27' }, 2)).toBe(200);
    expect(await send({ id: 3, customer: '28', mail: 'stranger@example.org' }, 3)).toBe(200);
    expect(await send({ id: 4, second: second(now - 2 * DAY) }, 4)).toBe(200);
    const { purchases } = await read(app, brand, 'web', known);
    expect(purchases).toMatchObject([
      {
        ...{ shop: shop.account, number: '#1001', paid: true, amount: 5_999, by: 'account' },
        ...{
          currency: kind === 'shopify' ? 'USD' : 'EUR',
          at: new Date((second() - 600) * 1_000).toISOString(),
        },
      },
    ]);
    const kept = await rows(brand);
    expect(kept).toHaveLength(1);
    expect(kept[0]!.text).not.toMatch(/1001|stranger|john|nobody/i);
    const { counts, deliveries } = await stage.shopState(app, shop);
    expect(counts).toMatchObject({ deliveries: 4, counted: 1, refused: 3, unusable: 0 });
    expect(deliveries[0]).toMatchObject({ orders: 1, engagements: 0 });
    const board = await app.board(brand, '24h');
    expect(board.measures['engagements@1']!.value).toBe(0);
    expect(board.measures['coverage@1']!.value).toBeNull();
    const { months } = (await app.call('GET', `/brands/${brand}/purchases`)).body as PurchaseTable;
    expect(months).toMatchObject([{ orders: 1, people: 1, amount: 5_999 }]);
  });

  it('follow refunds and cancellations, and stay gone once they are deleted', async () => {
    const { shop, brand, send, known } = await connect('life');
    await stage.agree(app, brand, 'web', known, now - DAY);
    const later = (s: number) => second() - 500 + s;
    const state = async () => (await read(app, brand, 'web', known)).purchases.map((p) => [p.paid, p.amount]);
    await send({ changed: later(5), status: 'partially_refunded', back: '10.00' });
    await send({ changed: later(1) });
    expect(await state()).toEqual([[true, 4_999]]);
    await send({ changed: later(9), status: 'cancelled' });
    await send({ changed: later(7), status: 'refunded' });
    expect(await state()).toEqual([[false, 0]]);
    const gone = { topic: kind === 'shopify' ? 'orders/delete' : 'order.deleted', n: 77 };
    expect(await stage.sendShop(app, shop, { id: 1_001 }, gone)).toBe(200);
    await send({ changed: later(20) });
    expect(await state()).toEqual([]);
    expect(await rows(brand)).toMatchObject([{ fan: null }]);
  });

  it('of guests find who proved their address; who says no to one does not see it again', async () => {
    const { brand, send } = await connect('guest');
    const mail = `bea-${kind}@example.org`;
    await stage.agree(app, brand, 'facebook', 'bea', now - DAY);
    await stage.agree(app, brand, 'facebook', 'eve', now - DAY);
    expect(await send({ customer: null, mail }, 1)).toBe(200);
    expect((await read(app, brand, 'facebook', 'bea')).purchases).toEqual([]);
    const visit = await stage.proveMail(app, mails, brand, 'bea', mail);
    // The link is good on the page of who asked for it alone.
    const eve = await visitAs(app, brand, 'eve');
    const stolen = await eve.call('POST', `/fan/${brand}/purchases/mails/confirm`, {
      token: mails.linkFor(mail),
    });
    expect(stolen).toMatchObject({ status: 403, body: { code: 'link_refused' } });
    const upper = mail.toUpperCase();
    for (const id of [5, 6])
      expect(await send({ id, customer: null, mail: upper, changed: second() - 9 }, id)).toBe(200);
    const { purchases, mails: tied } = await read(app, brand, 'facebook', 'bea');
    expect(purchases.map(({ number, by }) => [number, by]).sort()).toEqual([
      ['#5', 'mail'],
      ['#6', 'mail'],
    ]);
    expect(tied).toMatchObject([{ address: mail }]);
    const order = purchases.find(({ number }) => number === '#5')!.key;
    expect((await eve.call('POST', `/fan/${brand}/purchases/disown`, { order })).status).toBe(404);
    expect((await visit.call('POST', `/fan/${brand}/purchases/disown`, { order })).status).toBe(204);
    await send({ id: 5, customer: null, mail, changed: second() - 2 }, 8);
    expect((await read(app, brand, 'facebook', 'bea')).purchases.map(({ number }) => number)).toEqual(['#6']);
    const handle = { mail: tied[0]!.handle };
    expect((await visit.call('POST', `/fan/${brand}/purchases/mails/untie`, handle)).status).toBe(204);
    expect(await read(app, brand, 'facebook', 'bea')).toMatchObject({ purchases: [], mails: [] });
    await send({ id: 9, customer: null, mail }, 9);
    expect((await read(app, brand, 'facebook', 'bea')).purchases).toEqual([]);
  });

  it('go with the purpose, in the transaction of the withdrawal, and with the fan', async () => {
    const { brand, send, known } = await connect('leave');
    const who = { network: 'web', fan: known };
    await stage.agree(app, brand, 'web', known, now - DAY);
    await send({}, 1);
    const withdrawn = await app.call('POST', `/brands/${brand}/fans/withdraw`, {
      ...who,
      purposes: ['purchases'],
    });
    expect(withdrawn.status).toBe(200);
    expect(await rows(brand)).toEqual([]);
    // Agreeing again does not bring the past back.
    now += 1_000;
    await stage.agree(app, brand, 'web', known, now);
    await send({ changed: second() }, 2);
    expect(await rows(brand)).toEqual([]);
    now += 60_000;
    await send({ id: 8, second: second() - 1, changed: second() }, 3);
    expect(await rows(brand)).toHaveLength(1);
    expect((await app.call('POST', `/brands/${brand}/fans/erase`, who)).status).toBe(200);
    expect(await rows(brand)).toEqual([]);
  });

  it('are taken by two at once without a second copy, and refused under a wrong secret', async () => {
    const { shop, brand, send, known } = await connect('twice');
    await stage.agree(app, brand, 'web', known, now - DAY);
    const all = await Promise.all(Array.from({ length: 10 }, (_, n) => send({ changed: second() - 20 + n })));
    expect(new Set(all)).toEqual(new Set([200]));
    expect(await rows(brand)).toHaveLength(1);
    const forged = stage.orderOf(shop, told({ id: 5 }));
    expect(await stage.sendShop(app, shop, forged, { n: 99, under: 'another-secret' })).toBe(401);
    expect(await rows(brand)).toHaveLength(1);
  });
});

describe('ten times over, in any order, over a restart', () => {
  it('leaves what one clean delivery leaves, of every shop', async () => {
    const seed = Number(process.env['FC_SEED'] ?? Date.now() % 1_000_000);
    const sample = <T>(of: fc.Arbitrary<T>) => fc.sample(of, { seed, numRuns: 1 })[0]!;
    const statuses = ['pending', 'paid', 'partially_refunded', 'refunded', 'cancelled'] as const;
    const steps = sample(
      fc.array(
        fc.record({
          id: fc.integer({ min: 1, max: 6 }),
          after: fc.integer({ min: 0, max: 12 }),
          status: fc.constantFrom(...statuses),
          back: fc.integer({ min: 1, max: 50 }),
        }),
        { minLength: 30, maxLength: 30 },
      ),
    );
    // Each order is one person's: an account, a guest who proved an address, somebody unknown.
    const bodies = (mail: string): Told[] =>
      steps.map(({ id, after, status, back }) =>
        told({
          ...{ id, status, second: second() - 700 - id, changed: second() - 600 + after },
          customer: id <= 2 ? '26' : id <= 4 ? null : '99',
          mail: id <= 2 ? null : id <= 4 ? mail : 'stranger@example.org',
          ...(status === 'partially_refunded' ? { back: `${back}.00` } : {}),
        }),
      );
    const prepare = async (kind: (typeof KINDS)[number], name: string) => {
      const shop = await stage.connectShop(app, `${kind}-${name}`, kind);
      const mail = `guest-${kind}-${name}@example.org`;
      await stage.agree(app, shop.brand, 'web', `${shop.account}/26`, now - DAY);
      await stage.agree(app, shop.brand, 'facebook', 'guest', now - DAY);
      await stage.proveMail(app, mails, shop.brand, 'guest', mail);
      const gone = { topic: kind === 'shopify' ? 'orders/delete' : 'order.deleted', n: 999 };
      const sends = [
        ...bodies(mail).map((one, n) => () => stage.sendShop(app, shop, stage.orderOf(shop, one), { n })),
        () => stage.sendShop(app, shop, { id: 2 }, gone),
      ];
      return { shop, sends };
    };
    const [clean, messy] = [[], []] as [
      Awaited<ReturnType<typeof prepare>>[],
      Awaited<ReturnType<typeof prepare>>[],
    ];
    for (const kind of KINDS) {
      clean.push(await prepare(kind, 'once'));
      messy.push(await prepare(kind, 'often'));
    }
    for (const { sends } of clean) for (const send of sends) expect(await send()).toBe(200);
    const orders = messy.map(({ sends }) => {
      const all = sends.flatMap((send) => Array<typeof send>(10).fill(send));
      return sample(fc.shuffledSubarray(all, { minLength: all.length }));
    });
    const sendSome = async (from: number, to: number) => {
      for (const order of orders)
        for (let i = Math.floor(order.length * from); i < order.length * to; i += 20) {
          const statuses = await Promise.all(order.slice(i, i + 20).map((send) => send()));
          expect(new Set(statuses)).toEqual(new Set([200]));
        }
    };
    await sendSome(0, 0.5);
    await app.app.close();
    app = await startApp({ clock: () => now, smtpUrl: mails.url, database: app.database });
    await sendSome(0.4, 1);
    for (const [i, { shop }] of messy.entries())
      for (const [network, fan] of [
        ['web', `${shop.account}/26`],
        ['facebook', 'guest'],
      ] as const) {
        const [one, other] = [clean[i]!.shop.brand, shop.brand];
        const plain = async (brand: string) =>
          (await read(app, brand, network, fan)).purchases.map(({ key: _, ...rest }) => rest);
        expect(await plain(other), `${other}, seed ${seed}`).toEqual(await plain(one));
        expect((await rows(other)).length).toBe((await rows(one)).length);
      }
    expect((await rows(clean[0]!.shop.brand)).length).toBeGreaterThan(1);
  });
});
