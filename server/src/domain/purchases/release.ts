import { formatInstant, type PurchaseMonth, type PurchaseTable } from '@fanfare/contract';
import { isHidden } from '../release/hide.ts';
import type { MonthSum } from './port.ts';

/**
 * Purchases as the brand may see them: a month about fewer than k people is hidden whole, and the
 * amount also where one person is more than half of it. There is no total to subtract from, and what
 * is not yet there (no row) is not told from what is hidden to nobody: an empty month has no row.
 * @param now milliseconds @param k people below which a number is hidden; 1 hides nothing
 */
export function releasePurchases(sums: readonly MonthSum[], now: number, k: number): PurchaseTable {
  return { asOf: formatInstant(now), k, months: sums.map((sum) => releaseMonth(sum, k)) };
}

function releaseMonth(
  { month, currency, orders, people, amount, largest }: MonthSum,
  k: number,
): PurchaseMonth {
  if (isHidden(people, k)) return { month, currency, orders: null, people: null, amount: null };
  const dominated = k > 1 && largest * 2 > amount;
  return { month, currency, orders, people, amount: dominated ? null : amount };
}
