import { CSV_PROFILES, WINDOWS, type ProblemCode } from '@fanfare/contract';
import { api, brand, json, type Operation } from './operation.ts';

const locale = {
  name: 'locale',
  schema: { enum: ['fr', 'en'], description: 'the brand’s when absent' },
} as const;
const profile = { name: 'profile', schema: { enum: CSV_PROFILES, default: 'international' } } as const;
const FILE: readonly ProblemCode[] = [
  'bad_field',
  'not_found',
  'forbidden',
  'unavailable',
  'overloaded',
  'storage_full',
];
const DRAWN: readonly ProblemCode[] = [...FILE, 'no_browser', 'render_failed'];

const file = (
  format: string,
  type: string,
  what: string,
  problems: readonly ProblemCode[],
  query: Operation['query'] = [locale],
): Operation => ({
  method: 'GET',
  path: api(`/snapshots/:id.${format}`),
  name: `getSnapshot${format.charAt(0).toUpperCase()}${format.slice(1)}`,
  access: 'admin',
  what,
  query,
  answer: { status: 200, what: 'The file', schema: 'Text', type },
  problems,
});

/** Snapshots as files. */
export const EXPORTS: readonly Operation[] = [
  file('csv', 'text/csv', 'All tables of a snapshot as one CSV, a value a row', FILE, [profile, locale]),
  file(
    'xlsx',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'A snapshot as an Excel workbook: typed cells, local dates beside UTC, a sheet *About*',
    FILE,
  ),
  file(
    'parquet',
    'application/vnd.apache.parquet',
    'All tables of a snapshot as one Parquet file, a value a row; its footer says what it is of',
    FILE,
  ),
  file('pdf', 'application/pdf', 'A snapshot on A4 sheets, drawn by Chromium', DRAWN),
  file('png', 'image/png', 'A snapshot as a picture at double size, drawn by Chromium', DRAWN),
  {
    method: 'POST',
    path: api('/snapshots/:id/exports'),
    name: 'beginExport',
    access: 'admin',
    what: 'Make a file of a snapshot in the background',
    body: { schema: 'NewExport' },
    answer: { status: 202, what: 'Begun', schema: 'ExportJob' },
    problems: ['bad_json', 'bad_field', 'not_found', 'forbidden', 'unavailable', 'overloaded'],
  },
  {
    method: 'GET',
    path: api('/exports/:job'),
    name: 'readExport',
    access: 'admin',
    what: 'How far an export is; it is remembered for ten minutes after its end',
    answer: json('ExportJob'),
    problems: ['not_found', 'forbidden', 'unavailable'],
  },
  {
    method: 'DELETE',
    path: api('/exports/:job'),
    name: 'cancelExport',
    access: 'admin',
    what: 'End an export; one that is over stays what it is',
    answer: json('ExportJob'),
    problems: ['not_found', 'forbidden', 'unavailable'],
  },
  {
    method: 'GET',
    path: brand('/export-preview'),
    name: 'previewBoard',
    access: 'admin',
    what: 'The first rows that files of the board of now would hold',
    query: [
      { name: 'window', schema: { enum: WINDOWS, default: '1h' } },
      { name: 'audience', schema: { enum: ['team', 'public'], default: 'team' } },
      locale,
    ],
    answer: json('ExportPreview'),
    problems: ['bad_field', 'unknown_brand', 'forbidden', 'unavailable'],
  },
  {
    method: 'GET',
    path: api('/snapshots/:id/preview'),
    name: 'previewSnapshot',
    access: 'admin',
    what: 'The first rows of a snapshot’s files',
    query: [locale],
    answer: json('ExportPreview'),
    problems: ['bad_field', 'not_found', 'forbidden', 'unavailable'],
  },
  {
    method: 'GET',
    path: api('/snapshots/:id/print'),
    name: 'readPrintedSnapshot',
    access: 'visitor',
    what: 'What the page for paper shows; the server’s own browser has a ticket for it, for a minute',
    query: [{ name: 'ticket', schema: { type: 'string' } }],
    answer: json('PrintedSnapshot'),
    problems: ['unauthenticated', 'not_found', 'unavailable'],
  },
];
