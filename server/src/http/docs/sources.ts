import {
  CONNECTORS,
  NETWORKS,
  SOURCE_ERRORS,
  SecretChangeSchema,
  SourceChangeSchema,
  SourceDraftSchema,
  UNUSABLE,
} from '@fanfare/contract';
import { Type, type TSchema } from 'typebox';
import { api, brand, json, nothing, type Operation } from './operation.ts';

const oneOf = (values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)));
const orNull = (schema: TSchema) => Type.Union([schema, Type.Null()]);
const Instant = Type.String({ format: 'date-time' });
const Count = Type.Integer({ minimum: 0 });
const Shape = Type.Unknown({
  description: 'keys, and what kind of value each has: no text, name or id of a person',
});
const sums = Object.fromEntries(
  [
    'deliveries',
    'repeated',
    'forged',
    'counted',
    'duplicate',
    'refused',
    'quarantined',
    'withdrawals',
    'unusable',
  ].map((name) => [name, Count]),
);

const source = {
  id: Type.Integer(),
  connector: oneOf(CONNECTORS),
  network: oneOf(NETWORKS),
  name: Type.String(),
  account: orNull(Type.String()),
  url: Type.String({ description: 'where the network sends to' }),
  verifyToken: Type.String(),
  paused: Type.Boolean(),
  secrets: Type.Integer({ minimum: 1, maximum: 2 }),
  readsFigures: Type.Boolean(),
  listening: orNull(
    Type.Object(
      { connected: Type.Boolean(), fans: orNull(Count) },
      { description: 'null where the network sends to us' },
    ),
  ),
  createdAt: Instant,
  confirmedAt: orNull(Instant),
  lastDeliveryAt: orNull(Instant),
  lagMs: orNull(Count),
  lastError: orNull(Type.Object({ code: oneOf(SOURCE_ERRORS), at: Instant })),
  quota: orNull(Type.Integer({ description: 'percent of the network’s allowance that is used' })),
  counts: Type.Object(sums),
};
const delivery = Type.Object({
  at: Instant,
  outcome: oneOf(['taken', 'repeated', 'bad_signature', 'not_committed']),
  engagements: Count,
  orders: Count,
  withdrawals: Count,
  unusable: Type.Record(Type.String(), Count),
  shape: Shape,
});
const letter = Type.Object({
  id: Type.String(),
  receivedAt: Instant,
  reason: oneOf(UNUSABLE),
  shape: Shape,
  replayedAt: orNull(Instant),
});

/** Bodies about sources. */
export const SOURCE_SCHEMAS: Readonly<Record<string, TSchema>> = {
  SourceDraft: SourceDraftSchema,
  SourceChange: SourceChangeSchema,
  SecretChange: SecretChangeSchema,
  Purchases: Type.Object({
    asOf: Instant,
    k: Count,
    months: Type.Array(
      Type.Object({
        month: Type.String({ description: 'of the brand’s calendar: 2026-11' }),
        currency: Type.String(),
        ...{ orders: orNull(Count), people: orNull(Count) },
        amount: orNull(Type.Integer({ description: 'in the smallest unit, after refunds; null is hidden' })),
      }),
    ),
  }),
  Source: Type.Object(source),
  NewSource: Type.Object({
    ...source,
    secret: orNull(Type.String({ description: 'shown this once; null when it is the network’s own' })),
  }),
  SourceDetail: Type.Object({
    ...source,
    deliveries: Type.Array(delivery, { maxItems: 5 }),
    letters: Type.Array(letter, { maxItems: 100 }),
  }),
  Replay: Type.Object({
    ...{ counted: Count, duplicate: Count, refused: Count, quarantined: Count },
    ...{ withdrawals: Count, unusable: Count },
  }),
  Deletion: Type.Object({ brand: Type.String(), doneAt: Instant }),
  DeletionReceipt: Type.Object({ url: Type.String(), confirmation_code: Type.String() }),
};

const SEEN = ['unknown_brand', 'not_found', 'forbidden', 'unavailable'] as const;
const TAKEN = ['not_found', 'unauthenticated', 'too_large', 'overloaded', 'unavailable'] as const;
const one = (path = '') => brand(`/sources/:source${path}`);

/** Networks that are connected, and where they send to. */
export const SOURCES: readonly Operation[] = [
  {
    method: 'GET',
    path: brand('/sources'),
    name: 'listSources',
    access: 'admin',
    what: 'The sources of a brand with their health',
    answer: json('Source[]'),
    problems: SEEN,
  },
  {
    method: 'POST',
    path: brand('/sources'),
    name: 'connectSource',
    access: 'admin',
    what: 'Connect a network: gives the address it has to send to, and the secret where we make it',
    body: { schema: 'SourceDraft' },
    answer: { status: 201, what: 'The source', schema: 'NewSource' },
    problems: ['bad_field', 'unreachable', ...SEEN],
  },
  {
    method: 'GET',
    path: one(),
    name: 'readSource',
    access: 'admin',
    what: 'A source with its last five deliveries and its unusable parts, all redacted',
    answer: json('SourceDetail'),
    problems: SEEN,
  },
  {
    method: 'PATCH',
    path: one(),
    name: 'changeSource',
    access: 'admin',
    what: 'Rename or pause a source, or change the account and token it has. While it pauses, withdrawals and removals still hold',
    body: { schema: 'SourceChange' },
    answer: json('Source'),
    problems: ['bad_field', 'unreachable', ...SEEN],
  },
  {
    method: 'DELETE',
    path: one(),
    name: 'removeSource',
    access: 'admin',
    what: 'Disconnect a network; what was counted stays',
    answer: nothing(),
    problems: SEEN,
  },
  {
    method: 'POST',
    path: one('/secret'),
    name: 'changeSecret',
    access: 'admin',
    what: 'Put a new secret beside the one in use; both sign until the old one is ended',
    body: { schema: 'SecretChange' },
    answer: json('NewSource'),
    problems: ['bad_field', ...SEEN],
  },
  {
    method: 'DELETE',
    path: one('/secret/previous'),
    name: 'endPreviousSecret',
    access: 'admin',
    what: 'End the secret before the present one',
    answer: nothing(),
    problems: SEEN,
  },
  {
    method: 'POST',
    path: one('/letters/:letter/replay'),
    name: 'replayLetter',
    access: 'admin',
    what: 'Put what is kept of an unusable part through again, once. Persons and texts are not kept: additions are refused and counted, removals and withdrawals hold',
    answer: json('Replay'),
    problems: ['already_replayed', ...SEEN],
  },
  {
    method: 'POST',
    path: one('/figures'),
    name: 'readFiguresNow',
    access: 'admin',
    what: 'Ask the network for its own figures now; it is asked every hour without this',
    answer: nothing('Committed'),
    problems: ['bad_field', 'too_many_requests', 'unreachable', ...SEEN],
  },
  {
    method: 'GET',
    path: api('/deletions/:code'),
    name: 'readDeletion',
    access: 'open',
    what: 'What became of a deletion that a network asked for',
    answer: json('Deletion'),
    problems: ['not_found', 'unavailable'],
  },
  {
    method: 'GET',
    path: '/hooks/:source',
    name: 'confirmHook',
    access: 'open',
    what: 'A network asks whether the address is ours: `hub.challenge` (Meta), `crc_token` (X)',
    answer: { status: 200, what: 'The answer the network expects' },
    problems: ['not_found', 'forbidden', 'unavailable'],
  },
  {
    method: 'POST',
    path: '/hooks/:source',
    name: 'receiveHook',
    access: 'open',
    what: 'A signed delivery of a network, at most 4 MiB; 200 once all of it is committed',
    answer: { status: 200, what: 'Committed' },
    problems: TAKEN,
  },
  {
    method: 'POST',
    path: '/hooks/:source/deauthorize',
    name: 'deauthorizeHook',
    access: 'open',
    what: 'Meta tells that somebody left the application (`signed_request`): a withdrawal of everything',
    answer: { status: 200, what: 'Committed' },
    problems: TAKEN,
  },
  {
    method: 'POST',
    path: '/hooks/:source/deletion',
    name: 'deletionHook',
    access: 'open',
    what: 'Meta asks for the deletion of somebody’s data (`signed_request`): done before the answer',
    answer: json('DeletionReceipt'),
    problems: TAKEN,
  },
];
