// long: the bodies of the whole API by name, in one list.
import {
  BrandChangeSchema,
  BrandSchema,
  ConsentSchema,
  EXCERPT_LIMITS,
  EventSchema,
  HISTORY_DIMENSIONS,
  HISTORY_GRAINS,
  HISTORY_METRICS,
  ITEM_CODES,
  KINDS,
  LABELS,
  NETWORKS,
  NoticeDraftSchema,
  NoticePublishSchema,
  PROBLEMS,
  PURPOSES,
  PlatformFigureSchema,
  WINDOWS,
} from '@fanfare/contract';
import { Type, type TSchema } from 'typebox';
import { ACCESS_SCHEMAS } from './access-schemas.ts';
import { ALERT_SCHEMAS } from './alerts.ts';
import { RULE_SCHEMAS } from './rules.ts';
import { SCHEDULE_SCHEMAS } from './schedules.ts';
import { COMPLIANCE_SCHEMAS } from './compliance.ts';
import { AUDIT_SCHEMAS } from './audit.ts';
import { DESK_SCHEMAS } from './desk.ts';
import { EXPLORE_SCHEMAS } from './explore.ts';
import { FAN_SCHEMAS } from './fan-schemas.ts';
import { REQUEST_SCHEMAS } from './request-schemas.ts';
import { BI_SCHEMAS } from './bi.ts';
import { SNAPSHOT_SCHEMAS } from './snapshot-schemas.ts';
import { IMPORT_SCHEMAS } from './imports.ts';
import { SOURCE_SCHEMAS } from './sources.ts';
import { STAFF_SCHEMAS } from './staff-schemas.ts';

const oneOf = (values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)));
const Count = Type.Integer({ minimum: 0 });
const Instant = Type.String({ format: 'date-time' });
const to = (name: string) => Type.Unsafe({ $ref: `#/components/schemas/${name}` });
const byDefinition = Type.Record(Type.String(), to('Measure'), {
  description: 'by definition, as reach.active@1',
});
const anything = Type.Record(Type.String(), Type.Unknown());

const Fan = {
  network: oneOf(NETWORKS),
  fan: Type.String({ minLength: 1, maxLength: 256, description: 'id on the network' }),
};
const itemErrors = Type.Array(
  Type.Object({
    index: Count,
    code: oneOf(ITEM_CODES),
    detail: Type.String(),
    field: Type.Optional(Type.String()),
    line: Type.Optional(Type.Integer({ minimum: 1, description: 'of a CSV, the header among them' })),
  }),
  { description: 'the first 100' },
);
const windowing = { brand: Type.String(), window: oneOf(WINDOWS), asOf: Instant, k: Count };
const Seq = Type.Integer({ minimum: 0, description: 'number of the live frame that carries it' });

/** The bodies of the API by name. What goes in is checked against the very same schemas. */
export const SCHEMAS: Readonly<Record<string, TSchema>> = {
  ...ACCESS_SCHEMAS,
  ...ALERT_SCHEMAS,
  ...COMPLIANCE_SCHEMAS,
  ...AUDIT_SCHEMAS,
  ...BI_SCHEMAS,
  ...DESK_SCHEMAS,
  ...EXPLORE_SCHEMAS,
  ...FAN_SCHEMAS,
  ...REQUEST_SCHEMAS,
  ...RULE_SCHEMAS,
  ...SCHEDULE_SCHEMAS,
  ...SOURCE_SCHEMAS,
  ...IMPORT_SCHEMAS,
  ...SNAPSHOT_SCHEMAS,
  ...STAFF_SCHEMAS,
  Event: EventSchema,
  Consent: ConsentSchema,
  NewBrand: BrandSchema,
  BrandChange: BrandChangeSchema,
  PlatformFigure: PlatformFigureSchema,
  NoticeDraft: NoticeDraftSchema,
  NoticePublish: NoticePublishSchema,
  Fan: Type.Object(Fan, { additionalProperties: false }),
  Withdrawal: Type.Object(
    { ...Fan, purposes: Type.Optional(Type.Array(oneOf(PURPOSES), { minItems: 1 })) },
    { additionalProperties: false },
  ),
  Token: Type.Object({ token: Type.String() }),
  RecountOf: Type.Object({ brands: Type.Optional(Type.Array(Type.String(), { minItems: 1 })) }),
  Brand: Type.Object({
    slug: Type.String(),
    name: Type.String(),
    sector: Type.String(),
    timeZone: Type.String(),
    locale: Type.String(),
    contact: Type.Optional(Type.String()),
    demonstration: Type.Boolean(),
    createdAt: Instant,
  }),
  EventsAnswer: Type.Object(
    {
      received: Count,
      counted: Count,
      duplicate: Count,
      refused: Count,
      rejected: Count,
      quarantined: Count,
      seq: Seq,
      errors: itemErrors,
    },
    { description: 'received is the exact sum of the other counts' },
  ),
  ConsentsAnswer: Type.Object({ received: Count, accepted: Count, rejected: Count, errors: itemErrors }),
  WithdrawAnswer: Type.Object({ withdrawn: Type.Array(oneOf(PURPOSES)), seq: Seq }),
  EraseAnswer: Type.Object({ confirmation: Type.String({ format: 'uuid' }), seq: Seq }),
  Held: Type.Object({
    consents: Type.Array(anything),
    engagements: Type.Array(anything),
    excerpts: Type.Array(anything, { description: 'their own words, while they let them be shown' }),
    purchases: Type.Array(anything, { description: 'orders of shops, while they let them be linked' }),
    mails: Type.Array(anything, { description: 'addresses they proved, by which orders find them' }),
    reports: Type.Array(anything, {
      description: 'that sealed reports of adverse events exist, nothing of them',
    }),
    told: Type.Array(anything, { description: 'what was sent to the brand’s server because of them' }),
  }),
  Receipts: Type.Object({ receipts: Type.Array(Type.String({ description: 'a signed JWT' })) }),
  Keys: anything,
  Notice: Type.Object({
    version: Type.String(),
    locale: Type.String(),
    title: Type.String(),
    body: Type.String(),
    meaning: Type.Integer(),
    publishedAt: Type.Union([Instant, Type.Null()]),
    hash: Type.Union([Type.String(), Type.Null()]),
  }),
  Measure: Type.Object({
    value: Type.Union([Type.Number(), Type.Null()], {
      description: 'null when unavailable or suppressed, never 0',
    }),
    kind: oneOf(['measured', 'computed', 'estimated', 'unavailable']),
    definition: Type.String(),
    asOf: Instant,
    n: Type.Union([Count, Type.Null()], { description: 'distinct people it is about' }),
    coverage: Type.Optional(Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()])),
    suppressed: Type.Optional(Type.Literal(true)),
    low: Type.Optional(Type.Number()),
    high: Type.Optional(Type.Number()),
    parts: Type.Optional(Type.Record(Type.String(), Type.Number())),
  }),
  Board: Type.Object({
    type: Type.Literal('board'),
    ...windowing,
    audience: oneOf(['team', 'public']),
    epoch: Type.String(),
    seq: Seq,
    demonstration: Type.Boolean(),
    measures: byDefinition,
    breakdowns: Type.Record(Type.String(), Type.Record(Type.String(), byDefinition)),
    series: to('Series'),
    top: Type.Object({ objects: Type.Array(anything) }),
    excerpts: Type.Optional(
      Type.Array(to('Excerpt'), {
        maxItems: EXCERPT_LIMITS.shown,
        description:
          'words of fans who let this audience read them, the latest first; absent when there are none',
      }),
    ),
  }),
  Excerpt: Type.Object(
    {
      id: Type.String(),
      purpose: oneOf(['quote', 'wall']),
      network: oneOf(NETWORKS),
      kind: oneOf(KINDS),
      at: Instant,
      label: oneOf(LABELS),
      text: Type.String({
        description: `at most ${EXCERPT_LIMITS.graphemes} graphemes, to be shown as text alone`,
      }),
    },
    { description: 'Words of one fan, under the purpose they agreed to' },
  ),
  Series: Type.Object(
    { from: Instant, step: Type.Integer({ description: 'seconds a bucket' }) },
    { additionalProperties: Type.Array(Type.Unknown()), description: 'points by definition; null is hidden' },
  ),
  Comparison: Type.Object({
    brand: Type.String(),
    window: oneOf(WINDOWS),
    with: oneOf(['previous', 'week']),
    from: Instant,
    to: Instant,
    measures: byDefinition,
    series: to('Series'),
  }),
  History: Type.Object({
    brand: Type.String(),
    audience: Type.Literal('team'),
    ...{ from: Instant, to: Instant, k: Count, timeZone: Type.String() },
    grain: oneOf(HISTORY_GRAINS),
    by: Type.Union([oneOf(HISTORY_DIMENSIONS), Type.Null()]),
    metrics: Type.Array(oneOf(HISTORY_METRICS)),
    rows: Type.Array(
      Type.Object({
        ...{ from: Instant, to: Instant, measures: byDefinition },
        day: Type.Optional(Type.String({ format: 'date', description: 'with grain=day' })),
        key: Type.Optional(Type.String({ description: 'with by=' })),
      }),
    ),
    next: Type.String({ description: '`cursor` of the next time' }),
  }),
  Influence: Type.Object({
    ...windowing,
    measures: byDefinition,
    histogram: Type.Record(Type.String(), byDefinition),
  }),
  Loyalty: Type.Object({
    brand: Type.String(),
    asOf: Instant,
    from: Instant,
    k: Count,
    recency: Type.Array(Type.String()),
    frequency: Type.Array(Type.String()),
    total: to('Measure'),
    table: Type.Record(Type.String(), byDefinition),
  }),
  ShareOfVoice: Type.Object({
    window: oneOf(WINDOWS),
    k: Count,
    brands: Type.Record(Type.String(), to('Measure')),
  }),
  Definition: Type.Object({
    id: Type.String(),
    name: Type.Object({ fr: Type.String(), en: Type.String() }),
    formula: Type.Object({ fr: Type.String(), en: Type.String() }),
    unit: Type.String(),
    kind: Type.String(),
    purpose: Type.Union([oneOf(PURPOSES), Type.Null()]),
    source: Type.String(),
  }),
  RecountReport: Type.Object({ asOf: Instant, differing: Count, brands: Type.Array(anything) }),
  LastRecount: Type.Object({ last: Type.Union([to('RecountReport'), Type.Null()]) }),
  Status: Type.Object({ status: Type.String() }),
  OpenApi: anything,
  AsyncApi: anything,
  Text: Type.String(),
  Problem: Type.Object({
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: oneOf(Object.keys(PROBLEMS)),
    detail: Type.String(),
    requestId: Type.String(),
  }),
};
