import type { Locale, WindowName } from '@fanfare/contract';
import type { BrandRef } from '../brand.ts';
import type { ScheduleRule } from './due.ts';

/** What of a schedule is set by people. */
export interface ScheduleSetting {
  readonly name: string;
  readonly window: WindowName;
  readonly rule: ScheduleRule;
  readonly locale: Locale;
  /** Addresses; each once. */
  readonly recipients: readonly string[];
}

/** Somebody a schedule sends to. @property leftAt since when they want it no more, ms */
export interface Recipient {
  readonly id: number;
  readonly mail: string;
  readonly leftAt: number | null;
}

/** A schedule as it is kept. Instants in milliseconds. */
export interface ScheduleRecord extends Omit<ScheduleSetting, 'recipients'> {
  readonly brand: BrandRef;
  readonly id: number;
  readonly paused: boolean;
  /** What was due before was never meant to be sent. */
  readonly since: number;
  readonly createdAt: number;
  readonly recipients: readonly Recipient[];
}

/** Names one sending. */
export interface RunKey {
  readonly brand: BrandRef;
  readonly schedule: number;
  readonly kind: 'due' | 'test';
  /** Milliseconds since 1970. */
  readonly due: number;
}

export type Picture = 'with' | 'no_browser' | 'failed';

/** A sending as the screen shows it. */
export interface RunRecord extends Omit<RunKey, 'brand'> {
  readonly late: boolean;
  readonly state: 'open' | 'ready' | 'failed' | 'dropped';
  readonly snapshot: string | null;
  readonly picture: Picture | null;
  readonly waiting: number;
  readonly sent: number;
  readonly failed: number;
}

/** A sending that is to be prepared, claimed for this attempt. */
export interface OpenRun extends RunKey {
  readonly late: boolean;
  /** This one included. */
  readonly attempts: number;
  /** Frozen by an attempt before this one. */
  readonly snapshot: string | null;
}

/** What a sending is made of. */
export interface Prepared {
  readonly snapshot: string;
  /** The one sent before, `null` for the first. */
  readonly previous: string | null;
  readonly picture: Picture;
}

/** One mail that is to be sent, claimed for this attempt. */
export interface DueMail extends RunKey, Prepared {
  readonly id: number;
  /** `null` for a test. */
  readonly recipient: number | null;
  readonly target: string;
  readonly late: boolean;
  /** This one included. */
  readonly attempts: number;
}

/** Schedules of all brands. */
export interface Schedules {
  /** Those that are switched on, of every brand, each with the latest time it was due that was taken. */
  active(): Promise<readonly (Omit<ScheduleRecord, 'recipients'> & { readonly lastDue: number | null })[]>;
  list(brand: BrandRef): Promise<ScheduleRecord[]>;
  find(brand: BrandRef, id: number): Promise<ScheduleRecord | null>;
  /** `null` when the brand is gone or has as many as it may. */
  make(
    brand: BrandRef,
    setting: ScheduleSetting,
    paused: boolean,
    now: number,
  ): Promise<ScheduleRecord | null>;
  /** What was due before now is not sent by the new rule. `null` when there is no such schedule. */
  change(brand: BrandRef, id: number, setting: ScheduleSetting, now: number): Promise<ScheduleRecord | null>;
  /** False when it was not there. */
  remove(brand: BrandRef, id: number): Promise<boolean>;
  /** What waits is dropped with a pause; what was due meanwhile is not sent after it. */
  pause(brand: BrandRef, id: number, paused: boolean, now: number): Promise<ScheduleRecord | null>;
  /** The latest sendings of all schedules of a brand, the newest first. */
  runs(brand: BrandRef, most: number): Promise<readonly RunRecord[]>;
  /** Somebody wants the mails no more, or again. False when they are on no such list. @param leftAt ms */
  leave(brand: BrandRef, recipient: number, leftAt: number | null): Promise<boolean>;
}

/** Sendings of all brands. */
export interface ScheduleRuns {
  /** Take a time it was due: true for one process alone. @param target of a test */
  claim(key: RunKey, late: boolean, now: number, target?: string): Promise<boolean>;
  /** Sendings to be prepared, claimed for some minutes. */
  open(now: number, most: number): Promise<readonly OpenRun[]>;
  /** Name the snapshot of a sending, so that another attempt does not freeze another. */
  freeze(run: RunKey, snapshot: string): Promise<void>;
  /** The snapshot that was sent before. */
  before(run: RunKey): Promise<string | null>;
  /** Make its mails: one for each who wants it. */
  ready(run: RunKey, prepared: Prepared, now: number): Promise<void>;
  /** Nothing will be sent: it could not be made, or there is nobody to send it to. */
  end(run: RunKey, as: 'failed' | 'dropped'): Promise<void>;
  /** Mails whose time has come, claimed until their next attempt. */
  mails(now: number, most: number): Promise<readonly DueMail[]>;
  /** What became of an attempt. */
  settle(mail: DueMail, outcome: 'sent' | 'failed', now: number): Promise<void>;
}
