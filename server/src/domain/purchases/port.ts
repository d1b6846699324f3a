import type { BrandRecord, BrandRef } from '../brand.ts';
import type { Person } from '../rights.ts';
import type { DeliveryMark } from '../sources/delivery.ts';
import type { OrderGone, ShopCustomer, ShopOrder } from './order.ts';

/** One order as it is kept of a fan. Instants in milliseconds. */
export interface KeptPurchase {
  /** 32 hexadecimal digits, a keyed hash of the order. */
  readonly key: string;
  /** Address of the shop; empty when it is no longer known. */
  readonly shop: string;
  /** What people call it: `#1001`. */
  readonly number: string;
  readonly at: number;
  readonly paid: boolean;
  /** In the currency's smallest unit. */
  readonly amount: number;
  readonly currency: string;
  /** What tied it to the fan: their account at the shop, or an address of mail they proved. */
  readonly by: 'account' | 'mail';
}

/** An address of mail a fan proved to be theirs. */
export interface KeptMail {
  /** 32 hexadecimal digits, a keyed hash of the address. */
  readonly handle: string;
  readonly address: string;
  /** Milliseconds. */
  readonly at: number;
}

/** What became of an order: `refused` keeps nothing of it. */
export type OrderOutcome = 'kept' | 'repeated' | 'refused';

/** A source of a brand that is a shop. */
export interface Shop {
  readonly source: number;
  /** Its address. */
  readonly shop: string;
}

/** Purchases of one month of the brand's calendar in one currency, exact: not to be shown. */
export interface MonthSum {
  /** `2026-11`. */
  readonly month: string;
  readonly currency: string;
  readonly orders: number;
  readonly people: number;
  readonly amount: number;
  /** Of the person who spent the most. */
  readonly largest: number;
}

/** Orders of consenting fans, and the addresses they proved. Each method is one transaction. */
export interface Purchases {
  /** Keep, change or let go of an order, and note its delivery as taken. @param now milliseconds */
  take(
    brand: BrandRecord,
    shop: Shop,
    order: ShopOrder | OrderGone,
    mark: DeliveryMark,
    now: number,
  ): Promise<OrderOutcome>;
  /** Fans to whom something of this customer, or one of these orders, was tied. */
  tied(
    brand: BrandRecord,
    shop: string,
    customer: ShopCustomer,
    orders: readonly string[],
  ): Promise<readonly Person[]>;
  /** Let go of these orders for ever. */
  forget(brand: BrandRecord, shop: string, orders: readonly string[], now: number): Promise<void>;
  /** Let go of all that came of a source: orders, letters. */
  forgetShop(brand: BrandRef, source: number): Promise<void>;
  /** Tie an address to the fan who proved it; false when they do not consent to purchases. */
  prove(brand: BrandRecord, person: Person, mail: string, now: number): Promise<boolean>;
  /** Untie an address, with the orders it brought. */
  untie(brand: BrandRecord, person: Person, handle: string): Promise<boolean>;
  /** An order is not the fan's: it goes, and does not come back. */
  disown(brand: BrandRecord, person: Person, key: string, now: number): Promise<boolean>;
  /** By month and currency, the newest first, of fans in force at `now`. */
  months(brand: BrandRecord, since: number, now: number): Promise<readonly MonthSum[]>;
}
