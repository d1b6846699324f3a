import {
  NETWORKS,
  PURPOSES,
  REQUEST_CHANNELS,
  REQUEST_OUTCOMES,
  RIGHTS,
  RequestAskSchema,
  RequestCloseSchema,
  RequestExtendSchema,
  RequestOpenSchema,
} from '@fanfare/contract';
import { Type, type TSchema } from 'typebox';

const oneOf = (values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)));
const orNull = (schema: TSchema) => Type.Union([schema, Type.Null()]);
const anything = Type.Record(Type.String(), Type.Unknown());
const Count = Type.Integer({ minimum: 0 });
const Instant = Type.String({ format: 'date-time' });
const Day = Type.String({ format: 'date' });
const Text = orNull(Type.String({ maxLength: 500 }));
const to = (name: string) => Type.Unsafe({ $ref: `#/components/schemas/${name}` });

/** Bodies of rights requests and of what a team can prove, by name. */
export const REQUEST_SCHEMAS: Readonly<Record<string, TSchema>> = {
  RightsRequestOpen: RequestOpenSchema,
  RightsRequestAsk: RequestAskSchema,
  RightsRequestExtend: RequestExtendSchema,
  RightsRequestClose: RequestCloseSchema,
  RightsRequest: Type.Object({
    id: Type.Integer({ minimum: 1, description: 'within the brand' }),
    kind: oneOf(RIGHTS),
    channel: oneOf(REQUEST_CHANNELS),
    state: oneOf(['open', 'extended', 'closed']),
    receivedAt: Instant,
    dueAt: Type.String({
      format: 'date-time',
      description: 'last millisecond in which an answer is in time',
    }),
    daysLeft: orNull(Type.Integer({ description: 'of the brand’s calendar; negative when it is past' })),
    extendedAt: orNull(Instant),
    closedAt: orNull(Instant),
    outcome: orNull(oneOf(REQUEST_OUTCOMES)),
    late: Type.Boolean(),
    person: orNull(Type.Object({ network: oneOf(NETWORKS), fan: Type.String() })),
    note: Text,
    reason: Text,
    answer: Text,
  }),
  RightsRequests: Type.Object({
    asOf: Instant,
    requests: Type.Array(to('RightsRequest')),
    open: Count,
    overdue: Count,
    closed: Count,
  }),
  OwnRequests: Type.Object({ requests: Type.Array(to('RightsRequest')) }),
  OwnRequest: Type.Object({ request: orNull(to('RightsRequest')) }),
  BrandProof: Type.Object({
    brand: Type.String(),
    asOf: Instant,
    from: Day,
    to: Day,
    starts: Instant,
    ends: Instant,
    purposes: Type.Array(
      Type.Object({ purpose: oneOf(PURPOSES), granted: Count, declined: Count, withdrawn: Count }),
    ),
    refused: Type.Record(Type.String(), Count),
    erased: Count,
    requests: Type.Object({ received: Count, closed: Count, late: Count }),
    records: Count,
    chain: orNull(to('ChainCheck')),
    recount: orNull(anything),
    retention: Type.Array(anything),
  }),
  ChainCheck: Type.Object({
    state: oneOf(['waiting', 'running', 'intact', 'broken', 'failed']),
    startedAt: Instant,
    checked: Count,
    records: Count,
    ms: Count,
    head: Type.Optional(Type.String()),
    at: Type.Optional(Type.Integer({ description: 'first record that is missing, altered or out of place' })),
  }),
  ChainChecked: Type.Object({ chain: orNull(to('ChainCheck')) }),
  Rehearsal: anything,
};
