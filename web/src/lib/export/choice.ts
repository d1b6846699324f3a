import {
  EXPORT_FORMATS,
  WINDOWS,
  type CsvProfile,
  type ExportFormat,
  type WindowName,
} from '@fanfare/contract';

/** A file as people choose it: a CSV has two manners. */
export const FILES = ['pdf', 'xlsx', 'csv-excel-fr', 'csv', 'png', 'json', 'parquet'] as const;
export type FileChoice = (typeof FILES)[number];

/** What is exported: the board of now, a snapshot that is there, or the past by hours or days. */
export type What = 'board' | 'snapshot' | 'history';
export type Delivery = 'download' | 'link';

/** What somebody chose the last time, and this time. */
export interface Choice {
  readonly what: What;
  readonly window: WindowName;
  readonly audience: 'team' | 'public';
  readonly file: FileChoice;
  readonly delivery: Delivery;
  readonly grain: 'hour' | 'day';
}

export const FIRST_CHOICE: Choice = {
  what: 'board',
  window: '24h',
  audience: 'team',
  file: 'pdf',
  delivery: 'download',
  grain: 'day',
};
/** Files that a history can be had as. */
const OF_HISTORY: readonly FileChoice[] = ['csv', 'json', 'parquet'];

/** Files that can be had of this. */
export function filesOf(what: What): readonly FileChoice[] {
  return what === 'history' ? OF_HISTORY : FILES;
}

/** What an earlier visit kept, as far as it still makes sense. */
export function recalled(text: string | null): Choice {
  const kept = parsed(text);
  const one = <T extends string>(name: keyof Choice, all: readonly T[], otherwise: T): T =>
    all.find((value) => value === kept[name]) ?? otherwise;
  return {
    what: one('what', ['board', 'history'], FIRST_CHOICE.what),
    window: one('window', WINDOWS, FIRST_CHOICE.window),
    audience: one('audience', ['team', 'public'], FIRST_CHOICE.audience),
    file: one('file', FILES, FIRST_CHOICE.file),
    delivery: one('delivery', ['download', 'link'], FIRST_CHOICE.delivery),
    grain: one('grain', ['hour', 'day'], FIRST_CHOICE.grain),
  };
}

function parsed(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** The choice with nothing in it that cannot be together. */
export function settled(choice: Choice): Choice {
  const files = filesOf(choice.what);
  const file = files.includes(choice.file) ? choice.file : files[0]!;
  return { ...choice, file, delivery: choice.what === 'history' ? 'download' : choice.delivery };
}

/** The format and manner of a choice, as the API takes them. */
export function formatOf(file: FileChoice): { readonly format: ExportFormat; readonly profile: CsvProfile } {
  const format = EXPORT_FORMATS.find((one) => one === file.split('-')[0])!;
  return { format, profile: file === 'csv-excel-fr' ? 'excel-fr' : 'international' };
}
