import { isLocale, type Locale, type Network } from '@fanfare/contract';

/** What is kept of a proof that is under way, sealed in the browser. */
export interface Underway {
  readonly slug: string;
  /** Number of the brand: a slug could be given to another one. */
  readonly brand: number;
  /** What was begun with one network ends nothing with another. */
  readonly network: Network;
  readonly locale: Locale;
  /** What the proof itself wants back. */
  readonly kept: string;
  /** Used once. */
  readonly nonce: string;
  /** Milliseconds. */
  readonly until: number;
}

/** As text, to be sealed. */
export function writeUnderway(underway: Underway): string {
  return JSON.stringify(underway);
}

/** What was sealed by `writeUnderway`; `null` when it is of an older kind. */
export function readUnderway(text: string | null): Underway | null {
  if (text === null) return null;
  const value = JSON.parse(text) as Partial<Underway>;
  return typeof value.nonce === 'string' && isLocale(value.locale) ? (value as Underway) : null;
}
