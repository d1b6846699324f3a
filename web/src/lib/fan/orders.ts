import type { Locale } from '@fanfare/contract';
import { moneyText } from '#lib/money.ts';
import { m } from '#lib/paraglide/messages.js';
import type { FanState, HeldPurchase } from './types.ts';

/** An order in one line: its number, and what it is worth where it is a purchase. */
export function orderText({ number, paid, amount, currency }: HeldPurchase, locale: Locale): string {
  if (!paid) return m.shop_own_order({ number });
  return m.shop_own_line({ number, amount: moneyText(amount, currency, locale) });
}

/** What tied an order to the fan. */
export function tiedText(by: HeldPurchase['by']): string {
  return by === 'mail' ? m.shop_own_by_mail() : m.shop_own_by_account();
}

/** Is there something to say about purchases: agreed to, or still held? */
export function showsPurchases({ switches, held }: Pick<FanState, 'switches' | 'held'>): boolean {
  const agreed = switches.some(({ purpose, answer }) => purpose === 'purchases' && answer === 'yes');
  return agreed || held.purchases.length + held.mails.length > 0;
}
