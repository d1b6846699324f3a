import { AUDIT_ACTIONS, AUDIT_ACTORS } from '@fanfare/contract';
import { Type, type TSchema } from 'typebox';
import { api, json, type Operation } from './operation.ts';

const to = (name: string) => Type.Unsafe({ $ref: `#/components/schemas/${name}` });
const oneOf = (values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)));
const orNull = (schema: TSchema) => Type.Union([schema, Type.Null()]);

const FILTER = [
  { name: 'from', schema: { type: 'string', description: 'an instant, or a day of UTC' } },
  { name: 'to', schema: { type: 'string', description: 'an instant, or a day of UTC, which is within' } },
  { name: 'action', schema: { enum: AUDIT_ACTIONS } },
  { name: 'actor', schema: { type: 'string', description: 'a kind, or `kind:id` as token:1a2b3c4d' } },
] as const;
const READ = ['bad_field', 'forbidden', 'unavailable'] as const;

/** What was done, by whom. */
export const AUDIT: readonly Operation[] = [
  {
    method: 'GET',
    path: api('/audit'),
    name: 'listAudit',
    access: 'admin',
    what: 'What people and programs did in the organisation, the newest first, 50 a page; nothing in it is of a fan',
    query: [
      ...FILTER,
      { name: 'before', schema: { type: 'integer', description: '`next` of the page before' } },
    ],
    answer: json('AuditPage'),
    problems: READ,
  },
  {
    method: 'GET',
    path: api('/audit.csv'),
    name: 'exportAudit',
    access: 'admin',
    what: 'The same as a table, the oldest first, with the hash of each record; the export is itself recorded',
    query: FILTER,
    answer: { status: 200, what: 'The table', type: 'text/csv' },
    problems: READ,
  },
  {
    method: 'GET',
    path: api('/audit/verify'),
    name: 'getAuditCheck',
    access: 'admin',
    what: 'The check of the log’s chain that is under way, or what the last one found since the start',
    answer: json('ChainChecked'),
    problems: ['forbidden', 'unavailable'],
  },
  {
    method: 'POST',
    path: api('/audit/verify'),
    name: 'checkAudit',
    access: 'admin',
    what: 'Check the log’s chain from its first record, in pieces',
    answer: { status: 202, what: 'Under way', schema: 'ChainChecked' },
    problems: ['forbidden', 'unavailable'],
  },
];

/** Bodies of the audit log. */
export const AUDIT_SCHEMAS: Readonly<Record<string, TSchema>> = {
  AuditRecord: Type.Object({
    n: Type.Integer({ minimum: 1 }),
    at: Type.String({ format: 'date-time' }),
    actor: Type.Object({ kind: oneOf(AUDIT_ACTORS), id: orNull(Type.String()), name: orNull(Type.String()) }),
    action: oneOf(AUDIT_ACTIONS),
    brand: orNull(Type.Object({ number: Type.Integer(), slug: orNull(Type.String()) })),
    detail: Type.Record(Type.String(), Type.Unknown(), { description: 'codes, counts and ids' }),
    hash: Type.String({ description: 'SHA-256, hexadecimal' }),
  }),
  AuditPage: Type.Object({ records: Type.Array(to('AuditRecord')), next: orNull(Type.Integer()) }),
};
