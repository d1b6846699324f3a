import type { Clearing } from '../domain/sector/sector.ts';
import { isSensitive } from '../domain/sector/sensitive/gate.ts';
import type { Permitted, Refusal } from './admit.ts';

declare const cleared: unique symbol;

/** A permitted engagement that no sector policy withholds. Only `clear` can make one. */
export interface Cleared {
  readonly [cleared]: true;
  readonly permitted: Permitted<'measure'>;
  /** Its text touches a sensitive matter: no label and no excerpt, it counts in volume only. */
  readonly unread: boolean;
}

/** Withheld for the safety contact: in no number. */
export interface Quarantine {
  readonly quarantined: 'adverse_event';
}

/**
 * The sector policy. In pharma and veterinary brands a text that may report an adverse event is
 * quarantined before anything reads it; until a safety contact is named, and while
 * too many reports wait for one to acknowledge them, no text is taken in. In every
 * brand a text that touches a sensitive matter goes unread.
 */
export function clear(
  permitted: Permitted<'measure'>,
  { policy, hasContact, isFull, mayReport }: Clearing,
): Cleared | Quarantine | Refusal {
  const { text, lang } = permitted.event;
  if (!text) return { permitted, unread: false } as Cleared;
  if (policy.adverseEvents) {
    if (!hasContact) return { refused: 'no_safety_contact' };
    if (isFull) return { refused: 'safety_queue_full' };
    if (mayReport(text, lang)) return { quarantined: 'adverse_event' };
  }
  return { permitted, unread: isSensitive(text) } as Cleared;
}

/** Tells a withheld engagement from a cleared one. */
export function isQuarantine(result: Cleared | Quarantine | Refusal): result is Quarantine {
  return 'quarantined' in result;
}
