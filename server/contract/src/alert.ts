import { Type } from 'typebox';
import { WINDOWS, type WindowName } from './window.ts';

/** Measures of a board that an alert can watch; each is one number. */
export const ALERT_MEASURES = [
  'engagements@1',
  'reach.active@1',
  'sentiment@1',
  'velocity@1',
  'influence.total@1',
  'consenting@1',
  'coverage@1',
] as const;
export type AlertMeasure = (typeof ALERT_MEASURES)[number];

/** Most alerts of one brand, and most addresses of one alert. */
export const ALERT_LIMITS = { perBrand: 50, mails: 5 } as const;

/** A threshold with its two levels. `side`: fires at or over (`above`), or at or under (`below`), `fire`. */
export interface AlertDraft {
  readonly name: string;
  readonly measure: AlertMeasure;
  readonly window: WindowName;
  readonly side: 'above' | 'below';
  readonly fire: number;
  /** Level at which it ends; between the two nothing changes. */
  readonly clear: number;
  /** Hours of the brand's zone, `HH:MM`, in which nothing is sent; `from` may lie after `to`. */
  readonly quiet?: { readonly from: string; readonly to: string } | null;
  readonly mails?: readonly string[];
  /** Address of a signed webhook, https. */
  readonly webhook?: string | null;
}

/** An alert with where it stands. `mails` and `webhook` are told to those who manage alerts alone. */
export interface AlertBody extends AlertDraft {
  readonly id: number;
  readonly firing: boolean;
  /** Since when it fires, or does not any more; `null` before the first time. RFC 3339. */
  readonly since: string | null;
  readonly acknowledgedAt: string | null;
  readonly mutedUntil: string | null;
  /** True while quiet hours hold something back. */
  readonly waiting: boolean;
  /** The value last looked at, as the board showed it; `null` where the board shows none. */
  readonly last: { readonly at: string; readonly value: number | null; readonly n: number | null } | null;
  readonly createdAt: string;
}

/** An alert just made or changed. `secret` signs its webhook (Standard Webhooks), and is shown once. */
export interface NewAlert extends AlertBody {
  readonly secret?: string;
}

/** `held`: what quiet hours held back, told as one. */
export const ALERT_EVENTS = ['fired', 'cleared', 'held', 'test'] as const;
export type AlertEventKind = (typeof ALERT_EVENTS)[number];

/** One thing that happened to an alert, and what became of telling it. */
export interface AlertEvent {
  readonly id: number;
  readonly alert: number;
  readonly kind: AlertEventKind;
  readonly at: string;
  readonly value: number | null;
  readonly n: number | null;
  readonly deliveries: readonly {
    readonly channel: 'mail' | 'webhook';
    readonly state: 'waiting' | 'sent' | 'failed';
    readonly attempts: number;
  }[];
}

/** Alerts of a brand with their latest events, the newest first. */
export interface AlertList {
  readonly alerts: readonly AlertBody[];
  readonly events: readonly AlertEvent[];
  /** Is there a mail server? */
  readonly mail: boolean;
}

/** How often it would have fired in the last seven days; `null` where published hours cannot tell. */
export interface AlertPreview {
  readonly fired: number | null;
  /** Hours that were looked at, and those of them the board hides. */
  readonly hours: number;
  readonly hidden: number;
  /** True where the hours tell something near the measure only. */
  readonly estimated: boolean;
}

const oneOf = (values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)));
const Level = Type.Number({ minimum: -1e12, maximum: 1e12 });
const Clock = Type.String({ pattern: '^(?:[01]\\d|2[0-3]):[0-5]\\d$' });
const closed = { additionalProperties: false } as const;

export const AlertDraftSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
    measure: oneOf(ALERT_MEASURES),
    window: oneOf(WINDOWS),
    side: oneOf(['above', 'below']),
    fire: Level,
    clear: Level,
    quiet: Type.Optional(Type.Union([Type.Null(), Type.Object({ from: Clock, to: Clock }, closed)])),
    mails: Type.Optional(
      Type.Array(Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@<>",;]+@[^\\s@<>",;]+$' }), {
        maxItems: ALERT_LIMITS.mails,
      }),
    ),
    webhook: Type.Optional(
      Type.Union([Type.Null(), Type.String({ maxLength: 2_000, pattern: '^https?://[^\\s]+$' })]),
    ),
  },
  closed,
);

/** Until when an alert is silent; `null`: no longer. */
export const AlertMuteSchema = Type.Object(
  { until: Type.Union([Type.Null(), Type.String({ format: 'date-time', maxLength: 40 })]) },
  closed,
);
