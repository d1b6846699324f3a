import { PURPOSES, type Purpose, type Sector, type Age } from '@fanfare/contract';
import { POLICIES } from './sector/policy.ts';

/** One act about one purpose, as the consent ledger holds it. Instants in milliseconds. */
export interface ConsentAct {
  readonly purpose: Purpose;
  readonly granted: boolean;
  /** Instant of the act; one ahead of the receipt (a fast clock) counts from the receipt. */
  readonly at: number;
  readonly receivedAt: number;
  /** Instant from which it does not hold: it expires early, or its notice means something else; absent for none. */
  readonly endsAt?: number;
}

/** One unbroken consent to one purpose. Instants in milliseconds. */
export interface Grant {
  readonly from: number;
  /** When it ends by itself: its expiry (its 13 months rounded up to the hour), or a new meaning of its notice. */
  readonly until: number;
}

/** The records folded: what is in force, by purpose. Absent: never given, or withdrawn. */
export type ConsentState = Readonly<Partial<Record<Purpose, Grant>>>;

const HOUR = 3_600_000;
/** A consent lasts 13 months from the act. */
export const CONSENT_MS = 13 * 30.4375 * 24 * HOUR;

/** Expiry of a consent given at `at`, rounded up to the hour. */
export function expiryOf(at: number): number {
  return Math.ceil((at + CONSENT_MS) / HOUR) * HOUR;
}

/**
 * Fold all acts of one fan. Acts are ordered by their own instant, not by arrival; at one instant
 * a withdrawal wins. Giving again after a withdrawal (or an expiry) starts anew: the past does not
 * come back. Without `measure` nothing is in force, and withdrawing it withdraws the others.
 */
export function foldConsent(acts: readonly ConsentAct[]): ConsentState {
  const state: Partial<Record<Purpose, Grant>> = {};
  for (const act of [...acts].sort(byInstant)) {
    const at = instantOf(act);
    if (!act.granted) {
      if (act.purpose === 'measure') for (const purpose of PURPOSES) delete state[purpose];
      else delete state[act.purpose];
      continue;
    }
    const current = state[act.purpose];
    const unbroken = current && current.until > at ? current.from : at;
    const until = Math.min(expiryOf(at), act.endsAt ?? Number.POSITIVE_INFINITY);
    state[act.purpose] = { from: unbroken, until: Math.max(current?.until ?? 0, until) };
  }
  return state.measure ? state : {};
}

function instantOf(act: ConsentAct): number {
  return Math.min(act.at, act.receivedAt);
}

/** By instant; at one instant `measure` is given first, and withdrawals come last. */
function byInstant(a: ConsentAct, b: ConsentAct): number {
  return (
    instantOf(a) - instantOf(b) ||
    Number(b.granted) - Number(a.granted) ||
    PURPOSES.indexOf(a.purpose) - PURPOSES.indexOf(b.purpose)
  );
}

/** May a person of this age give these purposes to a brand of this sector? */
export function ageAllows(age: Age, sector: Sector, given: readonly Purpose[]): boolean {
  if (age === '18+') return true;
  return POLICIES[sector].youngest !== '18+' && given.every((purpose) => purpose === 'measure');
}
