import type { EventBody } from '@fanfare/contract';
import type { BrandSector } from '../domain/sector/sector.ts';
import type { Refusal } from './admit.ts';
import { isQuarantine, type Cleared, type Quarantine } from './clear.ts';

/**
 * Count what the policies make of a text, and what those that are not on would make of it: bare
 * counts, from which a policy can be tried on the days behind.
 */
export function noteText(
  { text = '', lang }: EventBody,
  result: Cleared | Quarantine | Refusal,
  { clearing, note, samples }: BrandSector,
): void {
  if (isQuarantine(result)) return note('adverse', true);
  if ('unread' in result) note('sensitive', result.unread);
  if (clearing.policy.adverseEvents && clearing.hasContact) note('adverse', false);
  else if (samples()) note('adverse', clearing.mayReport(text, lang));
}
