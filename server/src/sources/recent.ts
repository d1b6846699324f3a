import { formatInstant, type DeliveryBody, type UnusableReason } from '@fanfare/contract';
import type { Understood } from '../domain/sources/delivery.ts';

const MOST = 5;
/** Sources remembered at once. */
const MOST_SOURCES = 2_000;

/** The last five deliveries of each source, redacted, in memory alone. */
export class Recent {
  readonly #lists = new Map<string, DeliveryBody[]>();

  /** @param address of the source */
  of(address: string): readonly DeliveryBody[] {
    return this.#lists.get(address) ?? [];
  }

  /** @param at milliseconds @param shape as JSON, `null` for none */
  add(
    address: string,
    at: number,
    outcome: DeliveryBody['outcome'],
    understood: readonly Understood[],
    shape: string | null,
  ): void {
    const told: DeliveryBody = {
      at: formatInstant(at),
      outcome,
      engagements: understood.filter(({ is }) => is === 'engagement').length,
      orders: understood.filter(({ is }) => is === 'order').length,
      withdrawals: understood.filter(leaves).length,
      unusable: reasonsOf(understood),
      shape: shape === null ? null : (JSON.parse(shape) as unknown),
    };
    const list = [told, ...this.of(address)].slice(0, MOST);
    // Set anew, so that the one that was silent for longest stands first.
    this.#lists.delete(address);
    this.#lists.set(address, list);
    const [oldest] = this.#lists.keys();
    if (this.#lists.size > MOST_SOURCES && oldest !== undefined) this.#lists.delete(oldest);
  }
}

/** Does somebody leave by it, or is stopped for a while? */
function leaves(one: Understood): boolean {
  if (one.is === 'rest') return one.resting;
  return one.is === 'withdrawal' || (one.is === 'customer' && one.wants === 'forgotten');
}

/** How many parts of each reason. */
function reasonsOf(understood: readonly Understood[]): Partial<Record<UnusableReason, number>> {
  const counts: Partial<Record<UnusableReason, number>> = {};
  for (const part of understood)
    if (part.is === 'unusable') counts[part.reason] = (counts[part.reason] ?? 0) + 1;
  return counts;
}
