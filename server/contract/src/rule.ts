import { Type } from 'typebox';
import { KINDS, NETWORKS, type Kind, type Locale, type Network } from './vocabulary.ts';
import { WINDOWS, type WindowName } from './window.ts';

/** Most rules of one brand, and the bounds of what one says. */
export const RULE_LIMITS = { perBrand: 20, count: 50, days: 365, perDay: 10_000, trialDays: 7 } as const;

/** What a fan does: so many acts of these kinds within a window. Never their words, never their tone. */
export interface RuleCondition {
  readonly kinds: readonly Kind[];
  readonly network: Network | null;
  readonly campaign: string | null;
  readonly object: string | null;
  /** At least so many. */
  readonly count: number;
  readonly window: WindowName;
}

/** A rule: when a fan who agreed to offers does this, the brand's own server is told. */
export interface RuleDraft extends RuleCondition {
  readonly name: string;
  /** At most once in so many days for each fan. */
  readonly days: number;
  /** Hours of the brand's zone, `HH:MM`, in which nothing is sent; `from` may lie after `to`. */
  readonly quiet: { readonly from: string; readonly to: string } | null;
  /** At most so many fans a day of the brand. */
  readonly perDay: number;
}

/** Fans of the last 30 days; `null`: fewer than k. */
export interface RuleCounts {
  readonly sent: number | null;
  readonly waiting: number | null;
  /** Given up after every attempt. */
  readonly failed: number | null;
  /** Not sent: somebody said no, or a switch did. */
  readonly stopped: number | null;
}

/** A rule with where it stands. Instants are RFC 3339. */
export interface RuleBody extends RuleDraft {
  readonly id: number;
  readonly on: boolean;
  /** Acts count from here on; `null` while it is off. */
  readonly since: string | null;
  readonly createdAt: string;
  readonly counts: RuleCounts;
}

/** Where the rules of a brand send to. `provenAt`: when that server took a signed test, `null` before. */
export interface RuleWebhook {
  readonly webhook: string;
  readonly provenAt: string | null;
}

/** An address just set. `secret` signs what is sent there (Standard Webhooks), and is shown once. */
export interface NewRuleWebhook extends RuleWebhook {
  readonly secret?: string;
}

/** The rules of a brand. */
export interface RuleList {
  readonly rules: readonly RuleBody[];
  readonly webhook: RuleWebhook | null;
  /** Since when the switch for all rules is off; `null` while rules may run. */
  readonly stoppedAt: string | null;
  /** May rules run in the brand's trade? */
  readonly allowed: boolean;
  /** People below which a number is not told. */
  readonly k: number;
}

/** What a rule would have done. `fans` in tens, `null`: fewer than k. */
export interface RuleTrial {
  readonly fans: number | null;
  readonly days: number;
  readonly k: number;
}

/** What the link by which a fan says no shows. */
export interface OfferLink {
  readonly brand: string;
  readonly locale: Locale;
  readonly state: 'agreed' | 'ended';
}

const oneOf = (values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)));
const orNull = (schema: ReturnType<typeof Type.String>) => Type.Union([Type.Null(), schema]);
const Clock = Type.String({ pattern: '^(?:[01]\\d|2[0-3]):[0-5]\\d$' });
const closed = { additionalProperties: false } as const;

export const RuleDraftSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' }),
    kinds: Type.Array(oneOf(KINDS), { minItems: 1, maxItems: KINDS.length, uniqueItems: true }),
    network: Type.Union([Type.Null(), oneOf(NETWORKS)]),
    campaign: orNull(Type.String({ minLength: 1, maxLength: 256 })),
    object: orNull(Type.String({ minLength: 1, maxLength: 256 })),
    count: Type.Integer({ minimum: 1, maximum: RULE_LIMITS.count }),
    window: oneOf(WINDOWS),
    days: Type.Integer({ minimum: 1, maximum: RULE_LIMITS.days }),
    quiet: Type.Union([Type.Null(), Type.Object({ from: Clock, to: Clock }, closed)]),
    perDay: Type.Integer({ minimum: 1, maximum: RULE_LIMITS.perDay }),
  },
  closed,
);

export const RuleWebhookSchema = Type.Object(
  { webhook: Type.String({ maxLength: 2_000, pattern: '^https?://[^\\s]+$' }) },
  closed,
);
