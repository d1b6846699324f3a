import type { EventBody, Purpose } from '@fanfare/contract';

/** Why the gate said no. Only a count per minute, network and reason survives; append, never reorder. */
export const REASONS = [
  'unknown_fan',
  'not_consenting',
  'outside_consent',
  'no_safety_contact',
  'under_age',
  'safety_queue_full',
] as const;
export type Reason = (typeof REASONS)[number];

declare const gated: unique symbol;

/** An engagement whose fan consents to `P`. Only `admit` can make one. */
export interface Permitted<P extends Purpose> {
  readonly [gated]: P;
  readonly event: EventBody;
  readonly fan: number;
  /** The consenting fan who wrote the object (purpose `influence`), or −1. */
  readonly owner: number;
}

/** The gate said no. It holds nothing of the engagement. */
export interface Refusal {
  readonly refused: Reason;
}

/** What the gate asks about people; instants in milliseconds. */
export interface Gate {
  /** Fan number of a person on a network, −1 for someone unknown. */
  readonly find: (network: string, id: string) => number;
  /** Is `measure` in force at `now`, and was it, unbroken, at `at`? */
  readonly measures: (fan: number, at: number, now: number) => boolean;
  readonly consents: (fan: number, now: number) => boolean;
  /** The same as `measures` for `measure` and `influence` together. */
  readonly influences: (fan: number, at: number, now: number) => boolean;
  /** Is the fan too young for the brand's trade? */
  readonly tooYoung: (fan: number) => boolean;
}

/**
 * The consent gate. Default deny: someone unknown is refused. An engagement passes when `measure`
 * was in force when it happened and is in force now, in one unbroken consent.
 */
export function admit(event: EventBody, gate: Gate, now: number): Permitted<'measure'> | Refusal {
  const fan = event.fan === undefined ? -1 : gate.find(event.network, event.fan);
  if (fan < 0) return { refused: 'unknown_fan' };
  if (!gate.consents(fan, now)) return { refused: 'not_consenting' };
  if (!gate.measures(fan, event.occurredAt, now)) return { refused: 'outside_consent' };
  if (gate.tooYoung(fan)) return { refused: 'under_age' };
  return permit(event, fan, ownerOf(event, gate, now));
}

function ownerOf(event: EventBody, gate: Gate, now: number): number {
  if (event.objectOwner === undefined || event.object === undefined) return -1;
  const owner = gate.find(event.network, event.objectOwner);
  return owner >= 0 && gate.influences(owner, event.occurredAt, now) ? owner : -1;
}

/** Tells a permitted engagement from a refusal. */
export function isRefusal(result: object): result is Refusal {
  return 'refused' in result;
}

function permit(event: EventBody, fan: number, owner: number): Permitted<'measure'> {
  return { event, fan, owner } as Permitted<'measure'>;
}
