import { describe, expect, it } from 'vitest';
import { revisionOf } from '../../domain/purchases/order.ts';
import { mapShopify } from '../shopify/map.ts';
import { mapWooCommerce, nameOf } from '../woocommerce/map.ts';
import { shopAddress } from './address.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const shopifyAt = (topic: string | null) => ({
  now,
  account: 'maison.myshopify.com',
  topic,
  mask: () => 'm',
});
const wooAt = (topic: string | null) => ({ now, account: 'boutique.example', topic, mask: () => 'm' });
const shopify = (body: unknown, topic: string | null = null) => mapShopify(body, shopifyAt(topic));
const woo = (body: unknown, topic: string | null = null) => mapWooCommerce(body, wooAt(topic));

const SHOPIFY = {
  ...{ id: 5_940_139_491_234, email: 'John.Doe@example.com', name: '#1001' },
  ...{ created_at: '2024-11-10T10:30:00-05:00', updated_at: '2024-11-10T10:31:00-05:00' },
  ...{ total_price: '59.99', currency: 'USD', financial_status: 'paid' },
};
const WOO = {
  ...{ id: 727, number: '727', status: 'processing', currency: 'USD', total: '29.35', customer_id: 0 },
  ...{ date_created_gmt: '2017-03-22T19:28:02', date_modified_gmt: '2017-03-22T19:28:08' },
  billing: { email: 'john.doe@example.com' },
};
const reason = (parts: readonly object[]) => parts.map((one) => ('reason' in one ? one.reason : 'none'));
const orderIn = (parts: ReturnType<typeof shopify>) => {
  const [one] = parts;
  if (one?.is !== 'order' || 'gone' in one.order) throw new Error('no order');
  return one.order;
};

describe('orders of Shopify', () => {
  it('have whole cents, instants of their own offset, and a person', () => {
    expect(shopify(SHOPIFY)).toEqual([
      {
        is: 'order',
        order: {
          ...{ id: '5940139491234', number: '#1001', paid: true, amount: 5_999, currency: 'USD' },
          at: Date.parse('2024-11-10T15:30:00Z'),
          rev: revisionOf(Date.parse('2024-11-10T15:31:00Z'), 4),
          customer: { account: null, mail: 'john.doe@example.com' },
        },
      },
    ]);
    const known = orderIn(shopify({ ...SHOPIFY, customer: { id: 191_167 } }));
    expect(known.customer.account).toBe('maison.myshopify.com/191167');
  });

  it.each([
    ['pending', false, 0],
    ['authorized', false, 0],
    ['partially_paid', false, 0],
    ['paid', true, 5_999],
    ['partially_refunded', true, 5_999],
    ['refunded', false, 0],
    ['voided', false, 0],
    ['expired', false, 0],
  ])('that are %s: a purchase %s', (financial_status, paid, amount) => {
    expect(orderIn(shopify({ ...SHOPIFY, financial_status }))).toMatchObject({ paid, amount });
  });

  it('are worth what is left after refunds, and nothing when they are cancelled', () => {
    const refund = (amount: string, kind = 'refund', status = 'success') => ({
      transactions: [{ kind, status, amount }],
    });
    const left = (change: object) => orderIn(shopify({ ...SHOPIFY, ...change })).amount;
    expect(left({ refunds: [refund('10.00'), refund('0.99')] })).toBe(4_900);
    expect(left({ refunds: [refund('10.00', 'refund', 'failure'), refund('5.00', 'void')] })).toBe(5_999);
    expect(left({ current_total_price: '49.99' })).toBe(4_999);
    expect(left({ current_total_price: '49.99', refunds: [refund('20.00')] })).toBe(3_999);
    expect(left({ refunds: [refund('99.00')] })).toBe(0);
    const cancelled = orderIn(shopify({ ...SHOPIFY, cancelled_at: SHOPIFY.updated_at }));
    expect(cancelled).toMatchObject({ paid: false, amount: 0 });
    expect(cancelled.rev).toBeGreaterThan(orderIn(shopify(SHOPIFY)).rev);
  });

  it('and what is none of them, are told apart by what was signed', () => {
    expect(reason(shopify({ ...SHOPIFY, financial_status: 'novelty' }))).toEqual(['unknown_kind']);
    expect(reason(shopify({ ...SHOPIFY, test: true }))).toEqual(['not_about_fans']);
    expect(reason(shopify({ ...SHOPIFY, email: null }))).toEqual(['no_person']);
    expect(reason(shopify({ ...SHOPIFY, total_price: '1e3' }))).toEqual(['bad_shape']);
    expect(reason(shopify({ ...SHOPIFY, total_price: 59.99 }))).toEqual(['bad_shape']);
    expect(reason(shopify({ ...SHOPIFY, created_at: '2099-01-01T00:00:00Z' }))).toEqual(['out_of_time']);
    expect(reason(shopify({ id: 1, order_id: 2, transactions: [] }))).toEqual(['no_change']);
    expect(shopify({ id: 7 }, 'orders/delete')).toEqual([{ is: 'order', order: { id: '7', gone: true } }]);
    for (const topic of ['products/delete', null])
      expect(reason(shopify({ id: 7 }, topic))).toEqual(['unknown_kind']);
    for (const body of [null, 1, [], 'x', {}]) expect(shopify(body)).toHaveLength(1);
  });
});

describe('the signals of Shopify about people', () => {
  const REDACT = {
    ...{ shop_id: 954_889, shop_domain: 'Maison.myshopify.com', orders_to_redact: [299_938, 280_263] },
    customer: { id: 191_167, email: 'john@example.com', phone: '555-625-1199' },
  };

  it('let a customer be forgotten who has an account, or only an address', () => {
    const said = {
      is: 'customer',
      wants: 'forgotten',
      shop: 'maison.myshopify.com',
      orders: ['299938', '280263'],
    };
    expect(shopify(REDACT)).toEqual([
      { ...said, customer: { account: 'maison.myshopify.com/191167', mail: 'john@example.com' } },
      { is: 'withdrawal', network: 'web', fan: 'maison.myshopify.com/191167', at: now, erase: true },
    ]);
    expect(shopify({ ...REDACT, customer: { email: 'john@example.com' } })).toEqual([
      { ...said, customer: { account: null, mail: 'john@example.com' } },
    ]);
    expect(reason(shopify({ ...REDACT, customer: {}, orders_to_redact: [] }))).toEqual(['no_person']);
  });

  it('ask for data, and tell that a shop is gone', () => {
    const { orders_to_redact: _, ...rest } = REDACT;
    const asked = shopify({ ...rest, orders_requested: [1], data_request: { id: 9 } });
    expect(asked).toMatchObject([{ is: 'customer', wants: 'data', orders: ['1'] }]);
    expect(shopify({ shop_id: 954_889, shop_domain: 'maison.myshopify.com' })).toMatchObject([
      { is: 'shop_left', shop: 'maison.myshopify.com' },
      { is: 'unusable', reason: 'account_left' },
    ]);
  });
});

describe('orders of WooCommerce', () => {
  it('have instants in GMT, and of a guest the address alone', () => {
    const order = orderIn(woo(WOO));
    expect(order).toMatchObject({
      id: '727',
      at: Date.parse('2017-03-22T19:28:02Z'),
      amount: 2_935,
      number: '#727',
    });
    expect(order.customer).toEqual({ account: null, mail: 'john.doe@example.com' });
    expect(orderIn(woo({ ...WOO, customer_id: 26 })).customer.account).toBe('boutique.example/26');
  });

  it.each([
    ['pending', false],
    ['processing', true],
    ['on-hold', false],
    ['completed', true],
    ['cancelled', false],
    ['refunded', false],
    ['failed', false],
    ['trash', false],
  ])('that are %s: a purchase %s', (status, paid) => {
    expect(orderIn(woo({ ...WOO, status }))).toMatchObject({ paid, amount: paid ? 2_935 : 0 });
  });

  it('are worth what is left after refunds', () => {
    const refunds = [
      { id: 1, total: '-10.00' },
      { id: 2, total: '-0.35' },
    ];
    expect(orderIn(woo({ ...WOO, refunds })).amount).toBe(1_900);
  });

  it('that were deleted tell a number alone, which the topic may narrow', () => {
    expect(woo({ id: 727 }, 'order.deleted')).toEqual([{ is: 'order', order: { id: '727', gone: true } }]);
    expect(woo({ id: 26 }, 'customer.deleted')).toEqual([
      { is: 'withdrawal', network: 'web', fan: 'boutique.example/26', at: now, erase: true },
    ]);
    for (const topic of [null, 'product.deleted'])
      expect(reason(woo({ id: 727 }, topic))).toEqual(['unknown_kind']);
    expect(reason(woo({ ...WOO, status: 'shipped' }))).toEqual(['unknown_kind']);
    for (const body of [null, 1, [], 'x', {}]) expect(woo(body)).toHaveLength(1);
  });

  it('are named by number, instant and status, never by the shop’s id of the delivery', () => {
    const name = nameOf(WOO, 'order.updated');
    expect(nameOf({ ...WOO }, 'order.created')).toBe(name);
    expect(nameOf({ ...WOO, status: 'completed' }, null)).not.toBe(name);
    expect(nameOf({ ...WOO, refunds: [{ total: '-1.00' }] }, null)).not.toBe(name);
    expect(nameOf({ id: 7 }, 'order.deleted')).not.toBe(nameOf({ id: 7 }, 'customer.deleted'));
    expect(nameOf({ id: 7, total: '1' }, null)).toBeNull();
  });
});

describe('the address of a shop', () => {
  it('has one form', () => {
    expect(shopAddress(' https://Maison.MyShopify.com/ ')).toBe('maison.myshopify.com');
    expect(shopAddress('boutique.example/shop/?x=1')).toBe('boutique.example/shop');
    for (const bad of [null, '', 'shop', 'a b.c', 'x'.repeat(300), 'javascript:alert(1)'])
      expect(() => shopAddress(bad), String(bad)).toThrow(/account/);
  });
});
