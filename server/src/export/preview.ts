import type { ExportPreview, Locale, Snapshot } from '@fanfare/contract';
import { sheetsOf } from '../domain/snapshot/sheets.ts';
import type { Cell } from '../domain/snapshot/sheet.ts';

const ROWS = 5;
/** Columns of the preview, by key: those that people look for. */
const SHOWN = ['name', 'part', 'value', 'people', 'unit', 'as_of_local'];

/** The first rows of the measures, as the files will hold them. */
export function previewOf(snapshot: Snapshot, locale: Locale): ExportPreview {
  const sheet = sheetsOf(snapshot, '', '').find(({ name }) => name === 'measures')!;
  const { hidden } = snapshot;
  const at = SHOWN.map((key) => sheet.columns.findIndex((column) => column.key === key));
  const cells = Object.values(hidden.breakdowns).reduce((sum, keys) => sum + keys.length, 0);
  return {
    columns: at.map((i) => sheet.columns[i]!.title[locale]),
    rows: sheet.rows.slice(0, ROWS).map((row) => at.map((i) => textOf(row[i] ?? null, locale))),
    total: sheet.rows.length,
    hidden: hidden.measures.length + cells,
  };
}

function textOf(cell: Cell, locale: Locale): string {
  if (cell === null) return '';
  if (cell.type === 'hidden') return `< ${cell.k}`;
  if (cell.type === 'words') return cell.value[locale];
  if (cell.type === 'local') return cell.value.replace('T', ' ');
  if (cell.type !== 'number') return cell.value;
  return cell.value.toLocaleString(locale === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: 2 });
}
