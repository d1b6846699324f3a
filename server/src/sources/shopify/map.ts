import { currencyIn, minorUnits } from '../../domain/purchases/money.ts';
import { customerOf, revisionOf } from '../../domain/purchases/order.ts';
import type { MapContext } from '../../domain/sources/connector.ts';
import { unusable, type Understood } from '../../domain/sources/delivery.ts';
import { fieldOf, listOf, wordOf } from '../fields.ts';
import { isBareId, numberOf, numbersOf, paidBack, timeOf } from '../shops/fields.ts';

const AHEAD_MS = 300_000;

/** Steps of an order's life by `financial_status`, and whether it is a purchase then. */
const STATUSES: Readonly<Record<string, readonly [step: number, purchase: boolean]>> = {
  pending: [0, false],
  unpaid: [0, false],
  authorized: [1, false],
  partially_paid: [2, false],
  expired: [3, false],
  paid: [4, true],
  partially_refunded: [5, true],
  refunded: [6, false],
  voided: [7, false],
};
const CANCELLED = 8;

/** An order as it is now, or one of the three signals about people. By its signed shape, not by a header. */
export function mapShopify(body: unknown, context: MapContext): Understood[] {
  const shop = wordOf(body, 'shop_domain')?.toLowerCase() ?? null;
  if (shop !== null && fieldOf(body, 'orders_to_redact') !== undefined)
    return ofCustomer(body, shop, 'forgotten', context.now);
  if (shop !== null && fieldOf(body, 'data_request') !== undefined)
    return ofCustomer(body, shop, 'data', context.now);
  if (shop !== null && fieldOf(body, 'shop_id') !== undefined && fieldOf(body, 'customer') === undefined)
    return [{ is: 'shop_left', shop }, unusable('account_left', body)];
  if (isBareId(body)) return [deleted(body, context)];
  if (fieldOf(body, 'order_id') !== undefined && fieldOf(body, 'transactions') !== undefined)
    // A refund by itself: the order's own update tells what is left of it.
    return [unusable('no_change', body)];
  return [ordered(body, context)];
}

function deleted(body: unknown, { topic }: MapContext): Understood {
  const id = numberOf(body, 'id');
  // The header is not signed: it can keep a product from being taken for an order, and no more.
  if (topic !== 'orders/delete') return unusable('unknown_kind', body);
  return id === null ? unusable('bad_shape', body) : { is: 'order', order: { id, gone: true } };
}

function ordered(body: unknown, { account, now }: MapContext): Understood {
  const status = STATUSES[wordOf(body, 'financial_status') ?? ''];
  if (!status) return unusable('unknown_kind', body);
  if (fieldOf(body, 'test') === true) return unusable('not_about_fans', body);
  const [id, currency] = [numberOf(body, 'id'), currencyIn(fieldOf(body, 'currency'))];
  const [at, changed] = [timeOf(body, 'created_at'), timeOf(body, 'updated_at')];
  if (id === null || currency === null || at === null || changed === null) return unusable('bad_shape', body);
  const left = leftOf(body, currency);
  if (left === null) return unusable('bad_shape', body);
  if (at > now + AHEAD_MS) return unusable('out_of_time', body);
  const mail = fieldOf(body, 'email') ?? fieldOf(fieldOf(body, 'customer'), 'email');
  const customer = customerOf(account, numberOf(fieldOf(body, 'customer'), 'id'), mail);
  if (customer.account === null && customer.mail === null) return unusable('no_person', body);
  const cancelled = typeof fieldOf(body, 'cancelled_at') === 'string';
  const paid = status[1] && !cancelled;
  const rev = revisionOf(changed, cancelled ? CANCELLED : status[0]);
  const number = wordOf(body, 'name') ?? `#${id}`;
  return {
    is: 'order',
    order: { id, rev, customer, at, paid, amount: paid ? left : 0, currency, number: number.slice(0, 40) },
  };
}

/** What is left to pay after refunds: the lower of Shopify's own figure and of the total less what went back. */
function leftOf(body: unknown, currency: string): number | null {
  const total = minorUnits(fieldOf(body, 'total_price'), currency);
  if (total === null || total < 0) return null;
  const back = listOf(fieldOf(body, 'refunds'))
    .flatMap((refund) => listOf(fieldOf(refund, 'transactions')))
    .filter((one) => fieldOf(one, 'kind') === 'refund' && fieldOf(one, 'status') === 'success')
    .map((one) => fieldOf(one, 'amount'));
  const current = minorUnits(fieldOf(body, 'current_total_price'), currency) ?? total;
  return Math.max(0, Math.min(current, total - paidBack(back, currency)));
}

function ofCustomer(body: unknown, shop: string, wants: 'forgotten' | 'data', now: number): Understood[] {
  const whom = fieldOf(body, 'customer');
  const customer = customerOf(shop, numberOf(whom, 'id'), fieldOf(whom, 'email'));
  const orders = numbersOf(body, wants === 'forgotten' ? 'orders_to_redact' : 'orders_requested');
  if (customer.account === null && customer.mail === null && orders.length === 0)
    return [unusable('no_person', body)];
  const said: Understood = { is: 'customer', wants, shop, customer, orders };
  if (wants === 'data' || customer.account === null) return [said];
  // A fan who is known by their account at the shop has nothing left there.
  return [said, { is: 'withdrawal', network: 'web', fan: customer.account, at: now, erase: true }];
}
