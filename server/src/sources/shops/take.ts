import type { ConsentBody } from '@fanfare/contract';
import type { BrandRef } from '../../domain/brand.ts';
import { dueOf, type Person, type RightsRequests } from '../../domain/rights.ts';
import type { OrderOutcome, Purchases } from '../../domain/purchases/port.ts';
import type {
  DeliveryMark,
  OfCustomer,
  Ordered,
  ShopLeft,
  Understood,
} from '../../domain/sources/delivery.ts';
import type { Source, SourceBook } from '../../domain/sources/source.ts';
import type { BrandDoor } from '../../parts.ts';

export interface ShopParts {
  readonly book: SourceBook;
  readonly purchases: Purchases;
  readonly requests: Pick<RightsRequests, 'open'>;
  /** Every brand that shares the application of a source. */
  readonly brandsOf: (source: Source) => readonly BrandDoor[];
}

/** What shops tell beside what all networks do. */
export interface FromShop {
  readonly orders: readonly Ordered[];
  readonly customers: readonly OfCustomer[];
  readonly left: readonly ShopLeft[];
}

/** Picks what shops alone tell; a shop that pauses tells of no purchase, but lets go of what it has to. */
export function fromShop(
  understood: readonly Understood[],
  isPaused: boolean,
): FromShop & { readonly paused: number } {
  const orders = understood.filter((one) => one.is === 'order');
  const taken = orders.filter(({ order }) => !isPaused || 'gone' in order || !order.paid);
  return {
    orders: taken,
    customers: understood.filter((one) => one.is === 'customer'),
    left: understood.filter((one) => one.is === 'shop_left'),
    paused: orders.length - taken.length,
  };
}

/**
 * Do what a shop asks about people, in every brand that shares its application. Repeated as often as
 * needed: what is gone is not there the second time, and a request that was kept twice is answered once.
 * @param now milliseconds
 */
export async function obeyShop(
  { book, purchases, requests, brandsOf }: ShopParts,
  source: Source,
  { customers, left }: FromShop,
  now: number,
): Promise<void> {
  for (const door of customers.length + left.length > 0 ? brandsOf(source) : []) {
    const { record } = door;
    for (const { wants, shop, customer, orders } of customers) {
      const people = await purchases.tied(record, shop, customer, orders);
      if (wants === 'forgotten') {
        await door.consent(people.map((person) => refusalOf(person, now)));
        await purchases.forget(record, shop, orders, now);
      } else if (people.length > 0 || isOf(source, record)) {
        const person = people[0] ?? personOf(customer.account);
        const due = dueOf(now, record.body.timeZone);
        // Of somebody who is no fan the request is kept without a name: it has to be answered too.
        await requests.open(
          record,
          { kind: 'access', channel: 'shop', received: now, due, person, note: null },
          !isOf(source, record),
        );
      }
    }
    for (const { shop } of left)
      for (const one of book.list(record))
        if (one.connector === source.connector && one.account?.toLowerCase() === shop)
          await purchases.forgetShop(record, one.id);
  }
}

/** Take orders with the mark of their delivery. @param now milliseconds */
export async function takeOrders(
  purchases: Purchases,
  brand: BrandDoor,
  source: Source,
  orders: readonly Ordered[],
  mark: DeliveryMark,
  now: number,
): Promise<Readonly<Record<OrderOutcome, number>>> {
  const counts = { kept: 0, repeated: 0, refused: 0 };
  const shop = { source: source.id, shop: source.account ?? '' };
  for (const { order } of orders) counts[await purchases.take(brand.record, shop, order, mark, now)]++;
  return counts;
}

/** No more purchases of somebody, as their shop told it. */
function refusalOf({ network, fan }: Person, at: number): ConsentBody {
  // A withdrawal asks for neither age nor notice: both stand for "as last stated".
  const stated = { age: '18+', notice: { version: '-', locale: '-' } } as const;
  return { network, fan, at, purposes: { purchases: false }, method: 'network', ...stated };
}

function personOf(account: string | null) {
  return account === null ? null : ({ network: 'web', fan: account } as const);
}

function isOf({ brand }: Source, { organisation, id }: BrandRef): boolean {
  return brand.organisation === organisation && brand.id === id;
}
