import { Type } from 'typebox';
import { LOCALES, type Locale } from './vocabulary.ts';
import { WINDOWS, type WindowName } from './window.ts';

/** How often a schedule sends. */
export const CADENCES = ['daily', 'weekly', 'monthly'] as const;
export type Cadence = (typeof CADENCES)[number];

/** Most schedules of one brand, and most recipients of one schedule. */
export const SCHEDULE_LIMITS = { perBrand: 20, recipients: 20 } as const;

/** What is sent, when, and to whom. */
export interface ScheduleDraft {
  readonly name: string;
  readonly window: WindowName;
  readonly cadence: Cadence;
  /** Of a weekly one: 1 for Monday to 7 for Sunday. */
  readonly weekday?: number | null;
  /** Of a monthly one, 1–31; in a month that has no such day, its last. */
  readonly day?: number | null;
  /** `HH:MM` of the brand's zone. */
  readonly at: string;
  /** Language of the mail. */
  readonly locale: Locale;
  readonly recipients: readonly string[];
}

/** What became of one sending. Instants are RFC 3339. */
export interface ScheduleRun {
  /** When it should have been sent; for a test, when it was asked for. */
  readonly due: string;
  readonly kind: 'due' | 'test';
  /** The server was away at its time. */
  readonly late: boolean;
  /** `partly`: some were sent, some failed for good. `dropped`: it was paused, or everybody has left. */
  readonly state: 'preparing' | 'sending' | 'sent' | 'partly' | 'failed' | 'dropped';
  readonly sent: number;
  readonly failed: number;
  readonly waiting: number;
  /** Was the picture in it? `no_browser`: there is no Chromium here. */
  readonly picture: 'with' | 'no_browser' | 'failed' | null;
  readonly snapshot: string | null;
}

/** A schedule with where it stands. */
export interface ScheduleBody extends Omit<ScheduleDraft, 'recipients'> {
  readonly id: number;
  readonly paused: boolean;
  /** `left`: since when they want it no more; `null` while they do. */
  readonly recipients: readonly { readonly mail: string; readonly left: string | null }[];
  /** When it sends next; `null` while it is paused. */
  readonly next: string | null;
  /** The latest sendings, the newest first. */
  readonly runs: readonly ScheduleRun[];
  readonly createdAt: string;
}

/** Schedules of a brand. */
export interface ScheduleList {
  readonly schedules: readonly ScheduleBody[];
  /** Is there a mail server? Without one none can be switched on. */
  readonly mail: boolean;
  /** Can pictures be drawn here? */
  readonly browser: boolean;
  /** Where a test would go: whoever asks; `null` for a token. */
  readonly me: string | null;
}

/** What a recipient sees of the mails they get. */
export interface Subscription {
  readonly brand: string;
  readonly schedule: string;
  readonly locale: Locale;
  readonly state: 'subscribed' | 'left';
}

const oneOf = (values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)));
const orNull = (minimum: number, maximum: number) =>
  Type.Optional(Type.Union([Type.Null(), Type.Integer({ minimum, maximum })]));
const closed = { additionalProperties: false } as const;

export const ScheduleDraftSchema = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 80,
      pattern:
        '^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*\\S[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$',
    }),
    window: oneOf(WINDOWS),
    cadence: oneOf(CADENCES),
    weekday: orNull(1, 7),
    day: orNull(1, 31),
    at: Type.String({ pattern: '^(?:[01]\\d|2[0-3]):[0-5]\\d$' }),
    locale: oneOf(LOCALES),
    recipients: Type.Array(
      Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@<>"(),;:\\\\]+@[^\\s@<>"(),;:\\\\]+$' }),
      { minItems: 1, maxItems: SCHEDULE_LIMITS.recipients },
    ),
  },
  closed,
);

/** Whether somebody wants the mails. */
export const SubscriptionSchema = Type.Object({ subscribed: Type.Boolean() }, closed);
