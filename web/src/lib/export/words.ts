import type { ProblemCode } from '@fanfare/contract';
import { m } from '#lib/paraglide/messages.js';
import type { FileChoice } from './choice.ts';
import type { Progress } from './run.ts';

type Words = () => string;

const FILES: Readonly<Record<FileChoice, readonly [name: Words, text: Words]>> = {
  pdf: [() => 'PDF', () => m.export_pdf_text()],
  xlsx: [() => 'Excel (XLSX)', () => m.export_xlsx_text()],
  'csv-excel-fr': [() => m.export_csv_fr(), () => m.export_csv_fr_text()],
  csv: [() => m.export_csv(), () => m.export_csv_text()],
  png: [() => m.export_png(), () => m.export_png_text()],
  json: [() => 'JSON', () => m.export_json_text()],
  parquet: [() => 'Parquet', () => m.export_parquet_text()],
};
const STEPS: Readonly<Record<Progress['step'], Words>> = {
  freezing: () => m.export_freezing(),
  making: () => m.export_making(),
  receiving: () => m.export_receiving(),
};
const FAULTS: Partial<Record<ProblemCode | 'offline', Words>> = {
  no_browser: () => m.export_no_browser(),
  storage_full: () => m.export_storage_full(),
  overloaded: () => m.export_overloaded(),
  offline: () => m.export_offline(),
  unauthenticated: () => m.export_signed_out(),
  forbidden: () => m.export_forbidden(),
};

export const fileName = (file: FileChoice): string => FILES[file][0]();
/** What a file is good for, in a few words. */
export const fileText = (file: FileChoice): string => FILES[file][1]();
export const stepText = (step: Progress['step']): string => STEPS[step]();
/** Why there is no file, and what helps. */
export const faultText = (code: ProblemCode | 'offline'): string => FAULTS[code]?.() ?? m.export_failed();
