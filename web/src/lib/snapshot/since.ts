import type { WithdrawalsSince } from '@fanfare/contract';
import { m } from '#lib/paraglide/messages.js';
import type { Format } from '../format.ts';

/** How many fans withdrew since a snapshot, in a sentence. */
export function sinceText({ value, k }: WithdrawalsSince, format: Format): string {
  if (value === null) return m.snapshots_since_few({ k });
  return value === 0 ? m.snapshots_since_none() : m.snapshots_since({ n: value, count: format.count(value) });
}
