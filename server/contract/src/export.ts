import { Type } from 'typebox';
import type { ProblemCode } from './problem.ts';
import type { Snapshot } from './snapshot.ts';
import type { Locale } from './vocabulary.ts';

/** Files a snapshot can be had as; each is made from the frozen JSON. */
export const EXPORT_FORMATS = ['json', 'csv', 'xlsx', 'parquet', 'pdf', 'png'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * How a CSV is written. `international`: commas, decimal points, names of columns that stay the same.
 * `excel-fr`: what Excel opens in France by a double click: `;`, byte order mark, decimal comma.
 */
export const CSV_PROFILES = ['international', 'excel-fr'] as const;
export type CsvProfile = (typeof CSV_PROFILES)[number];

/** A file that is wanted of a snapshot. */
export interface ExportWish {
  readonly format: ExportFormat;
  /** Of CSV alone. */
  readonly profile: CsvProfile;
  /** Language of words, dates and numbers; it changes nothing in JSON. */
  readonly locale: Locale;
}

/** JSON schema of an asked-for export. */
export const NewExportSchema = Type.Object(
  {
    format: Type.Union(EXPORT_FORMATS.map((format) => Type.Literal(format))),
    profile: Type.Optional(Type.Union(CSV_PROFILES.map((profile) => Type.Literal(profile)))),
    locale: Type.Optional(Type.Union([Type.Literal('fr'), Type.Literal('en')])),
  },
  { additionalProperties: false },
);
export type NewExport = Pick<ExportWish, 'format'> & Partial<ExportWish>;

/** An export under way, or over. */
export interface ExportJob extends ExportWish {
  readonly id: string;
  readonly snapshot: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  /** Share (0–1) of the steps that are done. */
  readonly progress: number;
  /** Path of the file; `null` until it is there. */
  readonly file: string | null;
  /** Why there is no file. */
  readonly problem: ProblemCode | null;
}

/** First rows of what a file will hold, as text. */
export interface ExportPreview {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Rows of the whole table. */
  readonly total: number;
  /** Hidden cells of the whole snapshot. */
  readonly hidden: number;
}

/** What a page to be printed is drawn from. */
export interface PrintedSnapshot {
  readonly snapshot: Snapshot;
  readonly sha256: string;
  /** Where people see it. */
  readonly link: string;
}
