import type { CaseChannel, PolicyTrial } from '@fanfare/contract';
import type { BrandRef } from '../brand.ts';
import type { Backlog } from './backlog.ts';

const HOUR = 3_600_000;

/** How long a sealed report is kept once its receipt is acknowledged, milliseconds. */
export const KEPT_AFTER_ACKNOWLEDGEMENT = 72 * HOUR;
/** Attempts to hand one report over by one channel; then somebody has to ask for more. */
export const MOST_HAND_OVERS = 12;

/** Wait after an attempt (1, 2, …) before the next, milliseconds: half a minute, doubled up to an hour. */
export function nextHandOver(attempts: number): number {
  return Math.min(30_000 * 2 ** (attempts - 1), HOUR);
}

/** A report under quarantine. Instants in milliseconds. */
export interface QuarantinedCase {
  readonly key: string;
  readonly version: number;
  readonly firstReceivedAt: number;
  readonly receivedAt: number;
  readonly handedOverAt: number | null;
  readonly acknowledgedAt: number | null;
  readonly acknowledgedBy: 'link' | 'screen' | null;
  readonly purgedAt: number | null;
  readonly deliveries: readonly {
    readonly channel: CaseChannel;
    readonly state: 'waiting' | 'sent' | 'failed';
    readonly attempts: number;
  }[];
}

/** One report to be handed over by one channel, claimed for this attempt. */
export interface HandOver extends Pick<
  QuarantinedCase,
  'key' | 'version' | 'firstReceivedAt' | 'receivedAt'
> {
  readonly brand: BrandRef;
  readonly channel: CaseChannel;
  /** Mail address, or address of the webhook. */
  readonly target: string;
  /** This one included. */
  readonly attempts: number;
  /** An age file. */
  readonly sealed: Uint8Array;
  /** The oldest of its brand that is not acknowledged. */
  readonly oldest: boolean;
  /** Signs a webhook. */
  readonly signs: Uint8Array | null;
}

/** Reports under quarantine, of all brands. */
export interface Quarantines {
  /** The latest, the newest first, and how many of all are not acknowledged. */
  list(brand: BrandRef, most: number): Promise<{ cases: readonly QuarantinedCase[]; open: number }>;
  find(brand: BrandRef, key: string): Promise<QuarantinedCase | null>;
  /** False when there is no such report, or its receipt was acknowledged. @param version of the report that was read */
  acknowledge(
    brand: BrandRef,
    key: string,
    version: number | null,
    by: 'link' | 'screen',
    now: number,
  ): Promise<boolean>;
  /** Hand a report over again, by every channel its contact has now. False when it is purged or unknown. */
  again(brand: BrandRef, key: string, now: number): Promise<boolean>;
  /** Those whose time has come, of all brands. */
  due(now: number, most: number): Promise<readonly HandOver[]>;
  /** Hand over again what was handed over, or could not be, and is not acknowledged, after a day or a week. */
  remind(now: number): Promise<number>;
  /** Reports that are not acknowledged, of all brands. */
  backlogs(): Promise<readonly (Backlog & { readonly brand: BrandRef })[]>;
  settle(handOver: HandOver, outcome: 'sent' | 'failed', now: number): Promise<void>;
  /** Let go of what was acknowledged long enough ago. */
  purge(now: number): Promise<number>;
  /** What the policies made of the texts of the last seven days. */
  trials(brand: BrandRef, now: number): Promise<readonly PolicyTrial[]>;
}
