import { fromLocal } from './axis.ts';
import type { OffsetAt } from './buckets.ts';

/** `2026-11-22T14:32`: an instant (milliseconds) on the clocks of a zone, as a field for it wants it. */
export function toField(at: number, offsetAt: OffsetAt): string {
  return new Date(at + offsetAt(at) * 1000).toISOString().slice(0, 16);
}

/** The instant (milliseconds) of such a text; `null` for none. */
export function fromField(text: string, offsetAt: OffsetAt): number | null {
  const local = Date.parse(`${text}Z`);
  return Number.isNaN(local) ? null : fromLocal(local / 1000, offsetAt);
}
