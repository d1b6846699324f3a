import { LOCALES, NETWORKS, type Locale, type Network } from '@fanfare/contract';

/** What a one-time link says. Sealed, so that an address bar or a log names nobody. */
export interface LinkClaim {
  /** Number of the brand: a slug could be given to another one. */
  readonly brand: number;
  readonly network: Network;
  readonly fan: string;
  readonly locale: Locale;
  /** Milliseconds. */
  readonly until: number;
  readonly nonce: string;
}

/** What the cookie of an open fan page says. Sealed as well. */
export interface VisitClaim {
  readonly brand: number;
  readonly network: Network;
  readonly fan: string;
  /** What people call the account, when that is not its id. */
  readonly name?: string | null;
  /** How the account was proved: a link the brand sent, or the network itself. */
  readonly method: 'form' | 'oauth';
  /** Reference of that proof for the consent ledger, without personal data. */
  readonly evidence: string;
  /** Milliseconds. */
  readonly until: number;
}

/** A link as text, to be sealed. */
export function writeLink({ brand, network, fan, locale, until, nonce }: LinkClaim): string {
  return JSON.stringify([brand, network, fan, locale, until, nonce]);
}

/** What an opened link says, `null` when it is none, of another brand or over. `now` in milliseconds. */
export function readLink(text: string | null, brand: number, now: number): LinkClaim | null {
  const [of, network, fan, locale, until, nonce] = listIn(text, 6);
  if (of !== brand || !isNetwork(network) || typeof fan !== 'string' || !isOneOf(LOCALES, locale))
    return null;
  if (typeof until !== 'number' || until <= now || typeof nonce !== 'string') return null;
  return { brand, network, fan, locale, until, nonce };
}

/** A visit as text, to be sealed. */
export function writeVisit({ brand, network, fan, name, method, evidence, until }: VisitClaim): string {
  return JSON.stringify([brand, network, fan, method, evidence, until, name ?? null]);
}

/** What an opened cookie says, `null` when it is none, of another brand or over. */
export function readVisit(text: string | null, brand: number, now: number): VisitClaim | null {
  const [of, network, fan, method, evidence, until, name] = listIn(text, 7);
  if (of !== brand || !isNetwork(network) || typeof fan !== 'string' || typeof evidence !== 'string')
    return null;
  if (!isOneOf(['form', 'oauth'] as const, method)) return null;
  if (typeof until !== 'number' || until <= now) return null;
  return { brand, network, fan, ...(typeof name === 'string' ? { name } : {}), method, evidence, until };
}

function listIn(text: string | null, length: number): readonly unknown[] {
  if (text === null) return [];
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) && value.length === length ? (value as unknown[]) : [];
}

function isNetwork(value: unknown): value is Network {
  return isOneOf(NETWORKS, value);
}

function isOneOf<T extends string>(values: readonly T[], value: unknown): value is T {
  return (values as readonly unknown[]).includes(value);
}
