import { Type } from 'typebox';
import type { Sector } from './vocabulary.ts';

/** A sentence in both languages. */
export interface Sentence {
  readonly fr: string;
  readonly en: string;
}

/** What the policy of a brand's sector allows and withholds, as it is on. */
export interface PolicyBody {
  readonly sector: Sector;
  readonly youngest: '15-17' | '18+';
  /** Texts that may report an adverse event are quarantined, and none is taken without a safety contact. */
  readonly adverseEvents: boolean;
  /** Texts that touch a sensitive matter are neither labelled nor shown. */
  readonly sensitiveUnread: boolean;
  readonly ranksPeople: boolean;
  readonly invitesFriends: boolean;
  /** Rules that tell the brand's own server what a consenting fan does may run. */
  readonly outgoingRules: boolean;
  readonly healthMessage: Sentence | null;
  readonly banner: Sentence | null;
}

/**
 * What the desk says of reports whose receipt nobody acknowledged: for a day, for three, or so many that
 * no text is taken in any more.
 */
export const SAFETY_ALARMS = ['late', 'escalated', 'full'] as const;
export type SafetyAlarm = (typeof SAFETY_ALARMS)[number];

/** The policy as it is on, and how its reports are dealt with. */
export interface PolicyNow extends PolicyBody {
  readonly alarm: SafetyAlarm | null;
}

export const SAFETY_LIMITS = { products: 200, cases: 100 } as const;

/** JSON schema of the safety contact: a mail address or a webhook, or both, and an age recipient. */
export const SafetyContactSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
    mail: Type.Optional(
      Type.Union([
        Type.Null(),
        Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@<>",;]+@[^\\s@<>",;]+$' }),
      ]),
    ),
    webhook: Type.Optional(
      Type.Union([Type.Null(), Type.String({ maxLength: 2_000, pattern: '^https?://[^\\s]+$' })]),
    ),
    recipient: Type.String({ pattern: '^age1[02-9ac-hj-np-z]{58}$' }),
    products: Type.Array(Type.String({ minLength: 2, maxLength: 80, pattern: '\\S' }), {
      maxItems: SAFETY_LIMITS.products,
      uniqueItems: true,
    }),
  },
  { additionalProperties: false },
);
export interface SafetyContactDraft {
  readonly name: string;
  readonly mail?: string | null;
  readonly webhook?: string | null;
  /** `age1…`: the public key reports are sealed to. */
  readonly recipient: string;
  readonly products: readonly string[];
}

export interface SafetyContactBody extends Required<SafetyContactDraft> {
  readonly changedAt: string;
}

/** A contact as it was just kept. `secret` signs its webhook (Standard Webhooks) and is shown this once. */
export interface NewSafetyContact extends SafetyContactBody {
  readonly secret?: string;
}

export const CASE_STATES = ['waiting', 'handed_over', 'acknowledged', 'purged'] as const;
export type CaseState = (typeof CASE_STATES)[number];
export type CaseChannel = 'mail' | 'webhook';

/** A report under quarantine, of which nothing can be read here. Instants are RFC 3339. */
export interface CaseBody {
  readonly id: string;
  /** More than 1: the author changed the text, and it was handed over again. */
  readonly version: number;
  readonly state: CaseState;
  readonly firstReceivedAt: string;
  readonly receivedAt: string;
  readonly handedOverAt: string | null;
  readonly acknowledgedAt: string | null;
  readonly acknowledgedBy: 'link' | 'screen' | null;
  /** When the sealed report goes, or went. */
  readonly purgeAt: string | null;
  readonly deliveries: readonly {
    readonly channel: CaseChannel;
    readonly state: 'waiting' | 'sent' | 'failed';
    readonly attempts: number;
  }[];
}

/** What a policy made, or would have made, of the texts of the last seven days. */
export interface PolicyTrial {
  readonly policy: 'sensitive' | 'adverse';
  /** Texts it was asked about: all, or where it is not on, a part of them. */
  readonly looked: number;
  readonly withheld: number;
}

/** Everything the page of compliance shows of a brand. */
export interface ComplianceBody {
  readonly policy: PolicyBody;
  readonly contact: SafetyContactBody | null;
  /** Is there a mail server? */
  readonly mail: boolean;
  /** The latest, the newest first. */
  readonly cases: readonly CaseBody[];
  /** Not acknowledged yet, of all there are. */
  readonly open: number;
  /** With so many open ones no text is taken in any more. */
  readonly most: number;
  readonly alarm: SafetyAlarm | null;
  readonly trials: readonly PolicyTrial[];
}

/** What whoever holds the link of a report sees of it. */
export interface SafetyLinkBody {
  readonly brand: string;
  readonly id: string;
  readonly version: number;
  readonly receivedAt: string;
  readonly acknowledgedAt: string | null;
}
