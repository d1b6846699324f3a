import { currencyIn, minorUnits } from '../../domain/purchases/money.ts';
import { customerOf, revisionOf } from '../../domain/purchases/order.ts';
import type { MapContext } from '../../domain/sources/connector.ts';
import { unusable, type Understood } from '../../domain/sources/delivery.ts';
import { fieldOf, listOf, wordOf } from '../fields.ts';
import { isBareId, numberOf, paidBack, timeOf } from '../shops/fields.ts';

const AHEAD_MS = 300_000;

/** Steps of an order's life by `status`, and whether it is a purchase then. */
const STATUSES: Readonly<Record<string, readonly [step: number, purchase: boolean]>> = {
  'checkout-draft': [0, false],
  pending: [0, false],
  failed: [1, false],
  'on-hold': [2, false],
  processing: [3, true],
  completed: [4, true],
  cancelled: [5, false],
  refunded: [6, false],
  trash: [7, false],
};

/** An order as it is now, or the bare id of what was deleted. */
export function mapWooCommerce(body: unknown, context: MapContext): Understood[] {
  return [isBareId(body) ? deleted(body, context) : ordered(body, context)];
}

function deleted(body: unknown, { topic, account, now }: MapContext): Understood {
  const id = numberOf(body, 'id');
  // The header is not signed: it can keep a product from being taken for an order, and no more.
  if (topic !== 'order.deleted' && topic !== 'customer.deleted') return unusable('unknown_kind', body);
  if (id === null) return unusable('bad_shape', body);
  if (topic === 'order.deleted') return { is: 'order', order: { id, gone: true } };
  const { account: fan } = customerOf(account, id, null);
  if (fan === null) return unusable('no_person', body);
  return { is: 'withdrawal', network: 'web', fan, at: now, erase: true };
}

function ordered(body: unknown, { account, now }: MapContext): Understood {
  const status = STATUSES[wordOf(body, 'status') ?? ''];
  if (!status || fieldOf(body, 'total') === undefined) return unusable('unknown_kind', body);
  const [id, currency] = [numberOf(body, 'id'), currencyIn(fieldOf(body, 'currency'))];
  const [at, changed] = [timeOf(body, 'date_created_gmt'), timeOf(body, 'date_modified_gmt')];
  if (id === null || currency === null || at === null || changed === null) return unusable('bad_shape', body);
  const total = minorUnits(fieldOf(body, 'total'), currency);
  if (total === null || total < 0) return unusable('bad_shape', body);
  if (at > now + AHEAD_MS) return unusable('out_of_time', body);
  // 0 is a guest: only the address of mail names them.
  const customer = customerOf(
    account,
    numberOf(body, 'customer_id'),
    fieldOf(fieldOf(body, 'billing'), 'email'),
  );
  if (customer.account === null && customer.mail === null) return unusable('no_person', body);
  const [step, paid] = status;
  const back = listOf(fieldOf(body, 'refunds')).map((refund) => fieldOf(refund, 'total'));
  const amount = paid ? Math.max(0, total - paidBack(back, currency)) : 0;
  const number = `#${wordOf(body, 'number') ?? id}`.slice(0, 40);
  const rev = revisionOf(changed, step);
  return { is: 'order', order: { id, rev, customer, at, paid, amount, currency, number } };
}

/** What tells two deliveries apart: a shop's own id of them is one for all of a second. */
export function nameOf(body: unknown, topic: string | null): string | null {
  // A customer and an order can have one number.
  if (isBareId(body)) return `${topic ?? ''} ${numberOf(body, 'id') ?? ''}`;
  const [id, changed, status] = [
    numberOf(body, 'id'),
    wordOf(body, 'date_modified_gmt'),
    wordOf(body, 'status'),
  ];
  if (id === null || changed === null || status === null) return null;
  // With the money: two refunds within a second are two.
  const back = listOf(fieldOf(body, 'refunds')).map((refund) => wordOf(refund, 'total') ?? '');
  return [id, changed, status, wordOf(body, 'total') ?? '', ...back].join(' ');
}
