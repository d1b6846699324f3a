import { Type } from 'typebox';
import { NETWORKS, type Network } from './vocabulary.ts';

/** The rights a person can ask for (GDPR articles 15 to 17, 20, 21, and 7(3) for the withdrawal). */
export const RIGHTS = [
  'access',
  'rectification',
  'withdrawal',
  'erasure',
  'portability',
  'objection',
] as const;
export type Right = (typeof RIGHTS)[number];

/** How a request came: by the fan's own page, to the team, or through a shop's own signal. */
export const REQUEST_CHANNELS = ['page', 'mail', 'paper', 'phone', 'shop'] as const;
export type RequestChannel = (typeof REQUEST_CHANNELS)[number];

/**
 * How a request ended. `unidentified`: who asked could not be told (articles 11 and 12(6));
 * `dropped`: the person no longer wants it, or erased everything.
 */
export const REQUEST_OUTCOMES = ['done', 'partly', 'refused', 'unidentified', 'dropped'] as const;
export type RequestOutcome = (typeof REQUEST_OUTCOMES)[number];

export type RequestState = 'open' | 'extended' | 'closed';

/** Longest text of a request, characters. */
export const MOST_REQUEST_TEXT = 500;

/** One request as the team sees it. Instants are RFC 3339; texts are null when there is none left. */
export interface RightsRequestBody {
  /** 1, 2, 3 … within the brand: what is written on a letter. */
  readonly id: number;
  readonly kind: Right;
  readonly channel: RequestChannel;
  readonly state: RequestState;
  readonly receivedAt: string;
  /** Last millisecond in which an answer is in time. */
  readonly dueAt: string;
  /** Days of the brand's calendar until the last one; negative when it is past. Null once closed. */
  readonly daysLeft: number | null;
  readonly extendedAt: string | null;
  readonly closedAt: string | null;
  readonly outcome: RequestOutcome | null;
  /** Closed after the last day. */
  readonly late: boolean;
  /** Who asked, as long as the brand knows them; never with the fan's own list. */
  readonly person: { readonly network: Network; readonly fan: string } | null;
  readonly note: string | null;
  /** What the person was told: why it takes longer, and how it ended. */
  readonly reason: string | null;
  readonly answer: string | null;
}

/** Requests by due date, the most pressing first. */
export interface RightsRequestList {
  readonly asOf: string;
  readonly requests: readonly RightsRequestBody[];
  /** How many there are of each, whatever the filter. */
  readonly open: number;
  readonly overdue: number;
  readonly closed: number;
}

const oneOf = (values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)));
const Text = Type.String({ maxLength: MOST_REQUEST_TEXT });
const Told = Type.String({ minLength: 1, maxLength: MOST_REQUEST_TEXT });

/** A request that reached the team; the person is kept only when the brand knows them. */
export const RequestOpenSchema = Type.Object(
  {
    kind: oneOf(RIGHTS),
    channel: oneOf(['mail', 'paper', 'phone']),
    receivedAt: Type.Optional(Type.String({ maxLength: 40, description: 'RFC 3339; now when absent' })),
    network: Type.Optional(oneOf(NETWORKS)),
    fan: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
    note: Type.Optional(Text),
  },
  { additionalProperties: false },
);
export interface RequestOpen {
  readonly kind: Right;
  readonly channel: Exclude<RequestChannel, 'page' | 'shop'>;
  readonly receivedAt?: string;
  readonly network?: Network;
  readonly fan?: string;
  readonly note?: string;
}

/** A request asked on the fan's own page. Withdrawal, erasure and the file are done there at once. */
export const RequestAskSchema = Type.Object(
  { kind: oneOf(['access', 'rectification', 'objection']), note: Type.Optional(Text) },
  { additionalProperties: false },
);
export interface RequestAsk {
  readonly kind: Right;
  readonly note?: string;
}

export const RequestExtendSchema = Type.Object({ reason: Told }, { additionalProperties: false });
export interface RequestExtend {
  readonly reason: string;
}

/** `carryOut`: withdraw or erase the person, as asked, before closing. */
export const RequestCloseSchema = Type.Object(
  {
    outcome: oneOf(REQUEST_OUTCOMES),
    answer: Type.Optional(Text),
    carryOut: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export interface RequestClose {
  readonly outcome: RequestOutcome;
  readonly answer?: string;
  readonly carryOut?: boolean;
}
