import type { Sector } from '@fanfare/contract';
import type { Permitted } from './admit.ts';

declare const cleared: unique symbol;

/** A permitted engagement that no sector policy withholds. Only `clear` can make one. */
export interface Cleared {
  readonly [cleared]: true;
  readonly permitted: Permitted<'measure'>;
}

/** Withheld for a human: in no number. */
export interface Quarantine {
  readonly quarantined: 'no_safety_contact';
}

const WITH_SAFETY_CONTACT: readonly Sector[] = ['pharma', 'veterinary'];

/**
 * The sector policy. In pharma and veterinary brands a text may report an adverse event; until a
 * safety contact can be named, no text of such a brand is taken in.
 */
export function clear(permitted: Permitted<'measure'>, sector: Sector): Cleared | Quarantine {
  const withheld = WITH_SAFETY_CONTACT.includes(sector) && Boolean(permitted.event.text);
  return withheld ? { quarantined: 'no_safety_contact' } : ({ permitted } as Cleared);
}

/** Tells a withheld engagement from a cleared one. */
export function isQuarantine(result: Cleared | Quarantine): result is Quarantine {
  return 'quarantined' in result;
}
