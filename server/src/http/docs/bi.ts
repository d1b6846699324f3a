import { NewBiAccessSchema, type ProblemCode } from '@fanfare/contract';
import { Type, type TSchema } from 'typebox';
import { api, brand, json, nothing, type Operation } from './operation.ts';

const TEAM: readonly ProblemCode[] = ['unknown_brand', 'forbidden', 'unavailable'];
const FEED: readonly ProblemCode[] = [
  'unauthenticated',
  'unknown_brand',
  'forbidden',
  'not_found',
  'overloaded',
  'unavailable',
];
const OPTIONS = ['$filter', '$select', '$orderby', '$top', '$skip', '$count', '$format'].map((name) => ({
  name,
  schema: { type: 'string' },
}));
const Text = Type.String();
const Instant = Type.String({ format: 'date-time' });
const orNull = (schema: TSchema): TSchema => Type.Union([schema, Type.Null()]);
const access = {
  id: Text,
  kind: Type.Union([Type.Literal('role'), Type.Literal('key')]),
  name: Text,
  role: orNull(Text),
  createdAt: Instant,
  lastUsedAt: orNull(Instant),
};

export const BI_SCHEMAS: Readonly<Record<string, TSchema>> = {
  NewBiAccess: NewBiAccessSchema,
  BiAccess: Type.Object(access),
  MadeBiAccess: Type.Object({
    ...access,
    secret: Type.String({ description: 'password of a role, or the address of a key; shown this once' }),
  }),
  ODataAnswer: Type.Record(Text, Type.Unknown(), { description: 'OData JSON 4.0; errors have its form too' }),
  Bi: Type.Object({
    publishedAt: orNull(Instant),
    waiting: Type.Integer({ description: 'days that are still being released' }),
    database: Type.Object({
      host: Text,
      port: Type.Integer(),
      database: Text,
      embedded: Type.Boolean(),
      refusal: orNull(Text),
      remedy: orNull(Text),
    }),
    odata: Text,
    accesses: Type.Array(Type.Object(access)),
    views: Type.Array(Type.Object({ name: Text, comment: Text })),
  }),
};

/** The gateway to BI tools. */
export const BI: readonly Operation[] = [
  {
    method: 'GET',
    path: brand('/bi'),
    name: 'getBi',
    access: 'admin',
    what: 'The gateway to BI tools: where the database is, who may read the released numbers',
    answer: json('Bi'),
    problems: TEAM,
  },
  {
    method: 'POST',
    path: brand('/bi/accesses'),
    name: 'makeBiAccess',
    access: 'admin',
    what: 'Make a way in: a role of the database that reads the views of the schema `bi`, or a key for sheets',
    body: { schema: 'NewBiAccess' },
    answer: { status: 201, what: 'Made', schema: 'MadeBiAccess' },
    problems: ['bad_json', 'bad_field', 'no_roles', ...TEAM],
  },
  {
    method: 'DELETE',
    path: brand('/bi/accesses/:id'),
    name: 'endBiAccess',
    access: 'admin',
    what: 'End a way in now, and the sessions it has open',
    answer: nothing('Ended'),
    problems: ['not_found', ...TEAM],
  },
  {
    method: 'GET',
    path: api('/bi/:key/:view.csv'),
    name: 'readBiCsv',
    access: 'open',
    what: 'A view as CSV, for whoever has the key: released numbers alone',
    answer: { status: 200, what: 'One line a bucket', schema: 'Text', type: 'text/csv' },
    problems: ['not_found', 'overloaded', 'unavailable'],
  },
  ...['', '/'].map((end): Operation => ({
    method: 'GET',
    path: brand(`/odata${end}`),
    name: end === '' ? 'getODataRoot' : 'getOData',
    access: 'visitor',
    what: 'OData v4 feed of the released numbers: its entity sets. By Bearer, or Basic with a token as the password',
    answer: json('ODataAnswer'),
    problems: FEED,
  })),
  {
    method: 'GET',
    path: brand('/odata/$metadata'),
    name: 'getODataMetadata',
    access: 'visitor',
    what: 'What the feed is made of, as CSDL',
    answer: { status: 200, what: 'CSDL 4.0', schema: 'Text', type: 'application/xml' },
    problems: FEED,
  },
  {
    method: 'GET',
    path: brand('/odata/:set'),
    name: 'getODataSet',
    access: 'visitor',
    what: 'Rows of an entity set, or the one of a key as `reach_daily(2026-11-22)`; `@odata.nextLink` leads on',
    query: OPTIONS,
    answer: json('ODataAnswer'),
    problems: ['bad_field', 'not_acceptable', ...FEED],
  },
  {
    method: 'GET',
    path: brand('/odata/:set/$count'),
    name: 'countODataSet',
    access: 'visitor',
    what: 'How many rows of an entity set match',
    query: OPTIONS.slice(0, 1),
    answer: { status: 200, what: 'A number', schema: 'Text', type: 'text/plain' },
    problems: ['bad_field', ...FEED],
  },
];
