import type { Grant } from '../consent.ts';

/** What the gate of purchases asks about a fan; `null` for what was never given or was withdrawn. */
export interface Buyer {
  readonly measure: Grant | null;
  readonly purchases: Grant | null;
  /** Their account rests at its network. */
  readonly resting: boolean;
}

/**
 * May an order of this fan be kept? As for engagements: `measure` and `purchases` are in force now and
 * were, unbroken, when it was ordered. Never of the past, and nothing while an account rests.
 * @param at when it was ordered, `now`: milliseconds
 */
export function mayKeep({ measure, purchases, resting }: Buyer, at: number, now: number): boolean {
  return !resting && [measure, purchases].every((grant) => grant !== null && covers(grant, at, now));
}

function covers({ from, until }: Grant, at: number, now: number): boolean {
  return from <= at && at < until && from <= now && now < until;
}
