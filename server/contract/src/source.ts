import { Type } from 'typebox';
import type { Network } from './vocabulary.ts';

/** Every way a brand can be connected to a network. */
export const CONNECTORS = [
  'meta_page',
  'instagram',
  'bluesky',
  'mastodon',
  'tiktok',
  'x',
  'shopify',
  'woocommerce',
  'webhook',
  'file',
] as const;
export type ConnectorId = (typeof CONNECTORS)[number];

/** Why a part of a delivery is no engagement and no withdrawal. Codes are kept with what they explain. */
export const UNUSABLE = [
  'bad_json',
  'bad_shape',
  'unknown_kind',
  'no_person',
  'out_of_time',
  'private_message',
  'moderation',
  'own_act',
  'not_about_fans',
  'no_change',
  'recheck',
  'other_account',
  'one_post_figure',
  'account_left',
  'paused',
  'bot',
] as const;
export type UnusableReason = (typeof UNUSABLE)[number];

/** What last went wrong with a source. */
export const SOURCE_ERRORS = [
  'bad_signature',
  'too_large',
  'not_committed',
  'account_left',
  'token_refused',
  'rate_limited',
  'unreachable',
  'gap',
] as const;
export type SourceError = (typeof SOURCE_ERRORS)[number];

const Secret = Type.String({ minLength: 8, maxLength: 512, pattern: '^[\\x21-\\x7e]+$' });
const Account = Type.String({ minLength: 1, maxLength: 256, pattern: '^[\\x21-\\x7e]+$' });
const Name = Type.String({ minLength: 1, maxLength: 80 });

/** What is asked for to connect a source. */
export const SourceDraftSchema = Type.Object(
  {
    connector: Type.Union(CONNECTORS.map((id) => Type.Literal(id))),
    name: Name,
    /** The network's secret that signs deliveries; absent where we make it, or where nothing is signed. */
    secret: Type.Optional(Secret),
    /** Id of the brand's own account at the network; for a network we listen to also its name there. */
    account: Type.Optional(Account),
    /** Reads the network's own figures, or listens at the network. */
    token: Type.Optional(Secret),
  },
  { additionalProperties: false },
);
export interface SourceDraft {
  readonly connector: ConnectorId;
  readonly name: string;
  readonly secret?: string;
  readonly account?: string;
  readonly token?: string;
}

/** What of a source can be changed; `null` takes away. */
export const SourceChangeSchema = Type.Object(
  {
    name: Type.Optional(Name),
    account: Type.Optional(Type.Union([Account, Type.Null()])),
    token: Type.Optional(Type.Union([Secret, Type.Null()])),
    paused: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false, minProperties: 1 },
);
export interface SourceChange {
  readonly name?: string;
  readonly account?: string | null;
  readonly token?: string | null;
  readonly paused?: boolean;
}

/** A secret of the network's that takes the place of the one in use. */
export const SecretChangeSchema = Type.Object(
  { secret: Type.Optional(Secret) },
  { additionalProperties: false },
);

/** Sums of a source since it was connected. */
export interface SourceCounts {
  readonly deliveries: number;
  /** Deliveries that had been taken before. */
  readonly repeated: number;
  /** Requests whose signature was wrong. */
  readonly forged: number;
  readonly counted: number;
  readonly duplicate: number;
  readonly refused: number;
  readonly quarantined: number;
  readonly withdrawals: number;
  readonly unusable: number;
}

/** One source as the team sees it: no secret but the word a network shows to confirm the address. */
export interface SourceBody {
  readonly id: number;
  readonly connector: ConnectorId;
  readonly network: Network;
  readonly name: string;
  readonly account: string | null;
  /** Where the network sends to. */
  readonly url: string;
  readonly verifyToken: string;
  readonly paused: boolean;
  /** Two while a rotation is under way. */
  readonly secrets: 1 | 2;
  readonly readsFigures: boolean;
  readonly createdAt: string;
  /** When the network confirmed the address. */
  readonly confirmedAt: string | null;
  readonly lastDeliveryAt: string | null;
  /** Do we listen at the network ourselves, and do we hear it now? `fans`: whom we listen to, where that is told. */
  readonly listening: { readonly connected: boolean; readonly fans: number | null } | null;
  /** Milliseconds from the newest act of the last delivery to its receipt. */
  readonly lagMs: number | null;
  readonly lastError: { readonly code: SourceError; readonly at: string } | null;
  /** Percent of the network's allowance of calls that is used. */
  readonly quota: number | null;
  readonly counts: SourceCounts;
}

/** A delivery of the last few, redacted. */
export interface DeliveryBody {
  readonly at: string;
  readonly outcome: 'taken' | 'repeated' | 'bad_signature' | 'not_committed';
  readonly engagements: number;
  /** Orders of a shop, and customers it tells of. */
  readonly orders: number;
  readonly withdrawals: number;
  readonly unusable: Readonly<Partial<Record<UnusableReason, number>>>;
  /** Its shape: no text, no name, no id of a person; `null` when the signature was wrong. */
  readonly shape: unknown;
}

/** One part of a delivery that could not be used, redacted. */
export interface LetterBody {
  readonly id: string;
  readonly receivedAt: string;
  readonly reason: UnusableReason;
  readonly shape: unknown;
  readonly replayedAt: string | null;
}

/** A source with what somebody who connects it looks at. */
export interface SourceDetail extends SourceBody {
  /** The last five, the newest first. */
  readonly deliveries: readonly DeliveryBody[];
  /** Unusable parts that are kept, the newest first. */
  readonly letters: readonly LetterBody[];
}

/** A source just connected, or its secret just changed. `secret` is shown this once, when we made it. */
export interface NewSource extends SourceBody {
  readonly secret: string | null;
}

/** What a replayed part came to. */
export interface ReplayAnswer {
  readonly counted: number;
  readonly duplicate: number;
  readonly refused: number;
  readonly quarantined: number;
  readonly withdrawals: number;
  readonly unusable: number;
}

/** A deletion that a network asked for, by its code. */
export interface DeletionBody {
  readonly brand: string;
  readonly doneAt: string;
}
