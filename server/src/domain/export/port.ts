import type { ExportFormat, ExportJob, ExportPreview, ExportWish, Locale, Snapshot } from '@fanfare/contract';
import type { KeptSnapshot } from '../snapshot/kept.ts';
import type { HistoryFiles } from '../history/port.ts';

/** A file that is there, whole. */
export interface ExportFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Media type. */
  readonly type: string;
}

/** What an export is of: a snapshot and the slug of its brand. */
export interface ExportSource {
  readonly row: KeptSnapshot;
  readonly brand: string;
}

/** Snapshots as files. */
export interface Exports {
  /**
   * The file, made unless it is there already.
   * @throws Fault not_found, no_browser, render_failed, storage_full, overloaded; the signal's reason when it ends
   */
  file(source: ExportSource, wish: ExportWish, signal?: AbortSignal): Promise<ExportFile>;
  /**
   * The picture of a mail: the curves of a snapshot, as wide as a phone, PNG. Kept like a file.
   * @throws Fault not_found, no_browser, render_failed, storage_full, overloaded
   */
  picture(source: ExportSource, locale: Locale): Promise<ExportFile>;
  /** Can pages be drawn here? */
  canDraw(): boolean;
  /** Make a file in the background. @throws Fault overloaded */
  begin(source: ExportSource, wish: ExportWish): ExportJob;
  job(id: string): ExportJob | null;
  /** End an export; `null` when there is none. One that is over stays what it is. */
  cancel(id: string): ExportJob | null;
  /** First rows of the tables. @param link where it will be seen */
  preview(snapshot: Snapshot, locale: Locale): ExportPreview;
  /** Forget the files of a snapshot. */
  forget(snapshot: string): Promise<void>;
  /** May the page that is drawn for this ticket see this snapshot? */
  isTicket(snapshot: string, ticket: string): boolean;
  /** Where people see a snapshot. */
  link(source: ExportSource): string;
  readonly history: HistoryFiles;
}

/** Media types, and how names of files end. */
export const FILE_TYPES: Readonly<Record<ExportFormat, readonly [type: string, extension: string]>> = {
  json: ['application/json; charset=utf-8', 'json'],
  csv: ['text/csv; charset=utf-8; header=present', 'csv'],
  xlsx: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
  parquet: ['application/vnd.apache.parquet', 'parquet'],
  pdf: ['application/pdf', 'pdf'],
  png: ['image/png', 'png'],
};

/** Name of a file without its end: brand, window and instant, so that files sort by time. */
export function fileName({ row, brand }: ExportSource): string {
  const stamp = new Date(row.createdAt).toISOString().replace(/[-:]|\.\d+/g, '');
  return `fanfare-${brand}-${row.window}-${stamp}`;
}
