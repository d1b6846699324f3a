import {
  FILE_FAULTS,
  IMPORT_GAPS,
  IMPORT_PROFILES,
  ITEM_CODES,
  ImportDraftSchema,
  ImportLookSchema,
  ImportPlanSchema,
  LOCALES,
} from '@fanfare/contract';
import { Type, type TSchema } from 'typebox';
import { brand, json, nothing, type Operation } from './operation.ts';

const oneOf = (values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)));
const orNull = (schema: TSchema) => Type.Union([schema, Type.Null()]);
const Instant = Type.String({ format: 'date-time' });
const Count = Type.Integer({ minimum: 0 });
const Profile = orNull(oneOf(IMPORT_PROFILES));
const Fault = Type.Object({
  code: oneOf(ITEM_CODES),
  field: Type.Optional(Type.String()),
  detail: Type.String(),
});
const Reasons = Type.Array(
  Type.Object({ code: oneOf(ITEM_CODES), field: Type.Optional(Type.String()), count: Count }),
);
const counts = Object.fromEntries(
  ['received', 'counted', 'duplicate', 'refused', 'rejected', 'quarantined'].map((name) => [name, Count]),
);

/** Bodies about imports of files. */
export const IMPORT_SCHEMAS: Readonly<Record<string, TSchema>> = {
  ImportLook: ImportLookSchema,
  ImportDraft: ImportDraftSchema,
  ImportPart: Type.String({
    format: 'binary',
    description:
      'bytes of the file from `offset`: exactly as many as `part` says, fewer in the last part alone',
  }),
  ImportLooked: Type.Union([
    Type.Object({
      mark: Type.String({ description: 'the same for the same file' }),
      profile: Profile,
      header: Count,
      columns: Type.Array(Type.String()),
      plan: ImportPlanSchema,
      gaps: Type.Array(oneOf(IMPORT_GAPS), { description: 'what the plan lacks; nothing is guessed' }),
      lines: Type.Array(
        Type.Object({
          line: Count,
          event: Type.Optional(Type.Record(Type.String(), Type.String())),
          fault: Type.Optional(Fault),
        }),
        { maxItems: 5 },
      ),
      ...{ looked: Count, good: Count, reasons: Reasons },
    }),
    Type.Object({ fault: oneOf(FILE_FAULTS) }),
  ]),
  Import: Type.Object({
    id: Type.String(),
    source: Type.Integer(),
    name: Type.String(),
    mark: Type.String(),
    profile: Profile,
    state: oneOf(['open', 'done']),
    size: orNull(Count),
    offset: Type.Integer({ description: 'bytes that are committed: the next part begins there' }),
    part: Count,
    line: Count,
    counts: Type.Object(counts),
    reasons: Reasons,
    createdAt: Instant,
    updatedAt: Instant,
  }),
};

const SEEN = ['unknown_brand', 'not_found', 'forbidden', 'unavailable'] as const;
const one = (path = '') => brand(`/imports/:import${path}`);

/** Files that the team brings. */
export const IMPORTS: readonly Operation[] = [
  {
    method: 'POST',
    path: brand('/imports/look'),
    name: 'lookAtFile',
    access: 'admin',
    what: 'Look at the beginning of a file: its columns, how they would be read, the first lines as they would be taken. Nothing is kept',
    body: { schema: 'ImportLook' },
    answer: json('ImportLooked'),
    problems: ['bad_json', 'bad_field', ...SEEN],
  },
  {
    method: 'GET',
    path: brand('/imports'),
    name: 'listImports',
    access: 'admin',
    what: 'Imports of files: those that are open, then the latest',
    answer: json('Import[]'),
    problems: SEEN,
  },
  {
    method: 'POST',
    path: brand('/imports'),
    name: 'beginImport',
    access: 'admin',
    what: 'Begin to import a file by a plan; its bytes follow in parts from `offset` on',
    body: { schema: 'ImportDraft' },
    answer: { status: 201, what: 'The import', schema: 'Import' },
    problems: ['bad_json', 'bad_field', 'source_paused', ...SEEN],
  },
  {
    method: 'GET',
    path: one(),
    name: 'readImport',
    access: 'admin',
    what: 'How far an import is',
    answer: json('Import'),
    problems: SEEN,
  },
  {
    method: 'POST',
    path: one('/parts'),
    name: 'sendPart',
    access: 'admin',
    what: 'Send the part of the file at an offset; answers after the commit. Sent again it counts once',
    query: [
      { name: 'offset', schema: { type: 'integer', minimum: 0 }, required: true },
      { name: 'last', schema: { type: 'string', enum: ['1'] } },
    ],
    body: { schema: 'ImportPart', bytes: true },
    answer: json('Import'),
    problems: ['bad_field', 'too_large', 'import_elsewhere', 'source_paused', 'overloaded', ...SEEN],
  },
  {
    method: 'GET',
    path: one('/rejected.csv'),
    name: 'readRejectedLines',
    access: 'admin',
    what: 'The lines that were rejected, each with its number and the reason, and nothing of what it says; the first 100,000',
    query: [{ name: 'locale', schema: { type: 'string', enum: [...LOCALES] } }],
    answer: { status: 200, what: 'A table', type: 'text/csv' },
    problems: SEEN,
  },
  {
    method: 'DELETE',
    path: one(),
    name: 'endImport',
    access: 'admin',
    what: 'End an import and forget how far it came; what was counted stays',
    answer: nothing(),
    problems: SEEN,
  },
];
