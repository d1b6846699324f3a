import type { SafetyAlarm } from '@fanfare/contract';
import type { BrandRef } from '../brand.ts';

const HOUR = 3_600_000;
/**
 * Most reports of a brand whose receipt nobody acknowledged. With so many its texts are not taken in any
 * more, as without a contact: refusals are counted, and nothing that was taken is dropped.
 */
export const MOST_OPEN = 1_000;
/** Without acknowledgement for so long (ms), a report is handed over again, and the desk says so … */
export const REMINDED_AFTER = 24 * HOUR;
/** … and for so long, the people who answer for the brand are told too. */
export const ESCALATED_AFTER = 72 * HOUR;
/** Reminders come each day at first, then each week. Milliseconds. */
export const REMINDED_DAILY_FOR = 96 * HOUR;
export const REMINDED_WEEKLY = 168 * HOUR;

/** Reports of a brand whose receipt is not acknowledged. */
export interface Backlog {
  readonly open: number;
  /** Receipt of the oldest, milliseconds; `null` for none. */
  readonly oldest: number | null;
}

/** What of a backlog somebody has to be told; `null` while all is well. */
export function alarmOf({ open, oldest }: Backlog, now: number): SafetyAlarm | null {
  if (open >= MOST_OPEN) return 'full';
  if (oldest === null) return null;
  const waited = now - oldest;
  return waited >= ESCALATED_AFTER ? 'escalated' : waited >= REMINDED_AFTER ? 'late' : null;
}

/** Whole days since a report was received: 0 while it is handed over for the first time. */
export function remindersOf(receivedAt: number, now: number): number {
  return Math.max(0, Math.floor((now - receivedAt) / REMINDED_AFTER));
}

/** Backlogs of all brands, answered from memory: asked of the database every few seconds. */
export class Backlogs {
  #held = new Map<string, Backlog>();

  of(brand: BrandRef): Backlog {
    return this.#held.get(nameOf(brand)) ?? { open: 0, oldest: null };
  }

  /** What the database has. */
  set(all: readonly (Backlog & { readonly brand: BrandRef })[]): void {
    this.#held = new Map(all.map(({ brand, open, oldest }) => [nameOf(brand), { open, oldest }]));
  }

  /** Some are being added. */
  add(brand: BrandRef, count: number, now: number): void {
    const { open, oldest } = this.of(brand);
    if (count > 0) this.#held.set(nameOf(brand), { open: open + count, oldest: oldest ?? now });
  }
}

function nameOf({ organisation, id }: BrandRef): string {
  return `${organisation}/${id}`;
}
