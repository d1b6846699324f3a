import type { AlertEvent, AlertEventKind } from '@fanfare/contract';
import type { BrandRef } from '../brand.ts';
import type { AlertRule, AlertState, Reading } from './rule.ts';

/** Where an alert speaks. */
export interface AlertTargets {
  readonly mails: readonly string[];
  readonly webhook: string | null;
}

/** An alert as it is kept. Instants in milliseconds. */
export interface AlertRecord extends AlertTargets {
  readonly brand: BrandRef;
  readonly id: number;
  /** Raised by every change, so that none is overwritten. */
  readonly rev: number;
  readonly rule: AlertRule;
  readonly state: AlertState;
  readonly last: Reading | null;
  readonly mutedUntil: number | null;
  readonly createdAt: number;
}

/** What happened, in the words it is told in. `to`: whom; nobody for what is kept in the history alone. */
export interface Told {
  readonly kind: AlertEventKind;
  readonly reading: Reading;
  readonly subject: string;
  readonly text: string;
  /** JSON for a webhook. */
  readonly payload: string;
  readonly to: AlertTargets | null;
}

/** One telling of one event to one address, claimed for this attempt. */
export interface AlertDelivery {
  readonly brand: BrandRef;
  readonly id: number;
  readonly channel: 'mail' | 'webhook';
  readonly target: string;
  /** This one included. */
  readonly attempts: number;
  readonly at: number;
  readonly subject: string;
  readonly text: string;
  readonly payload: string;
  /** Signs a webhook; `null` for a mail. */
  readonly key: Uint8Array | null;
}

/** What of an alert is set by people. @param key a new key for the webhook; absent: it stays */
export interface AlertSetting extends AlertTargets {
  readonly rule: AlertRule;
  readonly key?: Uint8Array | null;
}

/** Alerts of all brands. */
export interface Alerts {
  all(): Promise<AlertRecord[]>;
  list(brand: BrandRef): Promise<AlertRecord[]>;
  find(brand: BrandRef, id: number): Promise<AlertRecord | null>;
  /** `null` when the brand is gone or has as many as it may. */
  make(brand: BrandRef, setting: AlertSetting, now: number): Promise<AlertRecord | null>;
  /** Another rule begins anew. `null` when there is no such alert. */
  change(brand: BrandRef, id: number, setting: AlertSetting): Promise<AlertRecord | null>;
  remove(brand: BrandRef, id: number): Promise<boolean>;
  mute(brand: BrandRef, id: number, until: number | null): Promise<AlertRecord | null>;
  /** Of an alert that fires. */
  acknowledge(brand: BrandRef, id: number, now: number): Promise<AlertRecord | null>;
  /** The latest events of a brand, the newest first. */
  events(brand: BrandRef, most: number): Promise<AlertEvent[]>;
  /** Keep what a look made of an alert, and what is to be told, at once. False when it changed meanwhile. */
  save(
    record: AlertRecord,
    next: { readonly state: AlertState; readonly last: Reading },
    told: readonly Told[],
  ): Promise<boolean>;
  /** Keep something that is to be told, whatever the alert does meanwhile. False when it is gone. */
  tell(brand: BrandRef, id: number, told: Told): Promise<boolean>;
  /** Deliveries whose time has come, claimed until their next attempt. */
  due(now: number, most: number): Promise<AlertDelivery[]>;
  /** What became of an attempt. */
  settle(delivery: AlertDelivery, outcome: 'sent' | 'failed', now: number): Promise<void>;
}

/** Attempts of one delivery; then it has failed. */
export const MOST_ATTEMPTS = 8;

/** Wait after an attempt (1, 2, …) before the next, milliseconds: half a minute, doubled up to an hour. */
export function backOff(attempts: number): number {
  return Math.min(30_000 * 2 ** (attempts - 1), 3_600_000);
}
