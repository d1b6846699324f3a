import writeXlsxFile, { type CellObject, type Row, type Sheet as XlsxSheet } from 'write-excel-file/node';
import type { Locale } from '@fanfare/contract';
import type { Cell, Sheet } from '../domain/snapshot/sheet.ts';

const DATE_FORMAT: Readonly<Record<Locale, string>> = {
  fr: 'dd/mm/yyyy hh:mm:ss',
  en: 'yyyy-mm-dd hh:mm:ss',
};
/** Characters an XML file cannot hold. */
const NOT_XML = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu;
/** Longest text of a cell in Excel, characters. */
const MOST_TEXT = 32_767;
/** Widths of columns, characters. */
const [NARROW, WIDE] = [10, 60];

/**
 * The tables as an Excel workbook, one sheet each. Cells have types: text is never a formula, dates are
 * those of the brand's wall clock (Excel knows no time zones) beside the instants in UTC as text.
 */
export async function xlsxOf(sheets: readonly Sheet[], locale: Locale): Promise<Buffer> {
  return writeXlsxFile(
    sheets.map((sheet) => pageOf(sheet, locale)),
    { fontFamily: 'Calibri', fontSize: 11 },
  ).toBuffer();
}

function pageOf({ title, columns, rows }: Sheet, locale: Locale): XlsxSheet<never> {
  const head: Row = columns.map(({ title: name }) => ({ ...textOf(name[locale]), fontWeight: 'bold' }));
  const data = [head, ...rows.map((cells) => cells.map((cell) => cellOf(cell, locale)))];
  return {
    sheet: title[locale],
    data,
    orientation: 'landscape',
    stickyRowsCount: 1,
    columns: columns.map((_, i) => ({ width: widthOf(data.map((row) => row[i])) })),
  };
}

function cellOf(cell: Cell, locale: Locale): CellObject | null {
  if (cell === null) return null;
  switch (cell.type) {
    case 'number':
      return { type: Number, value: cell.value };
    case 'local':
      return { type: Date, value: new Date(`${cell.value}Z`), format: DATE_FORMAT[locale] };
    case 'hidden':
      return { ...textOf(`< ${cell.k}`), align: 'right' };
    case 'words':
      return textOf(cell.value[locale]);
    case 'text':
    case 'instant':
      return cell.value === '' ? null : textOf(cell.value);
  }
}

function textOf(text: string): CellObject {
  return { type: String, value: text.replace(NOT_XML, '\ufffd').slice(0, MOST_TEXT) };
}

function widthOf(cells: readonly (Row[number] | undefined)[]): number {
  const lengths = cells.map((cell) => {
    const value = cell && typeof cell === 'object' && 'value' in cell ? cell.value : null;
    return value instanceof Date ? 20 : String(value ?? '').length + 1;
  });
  return Math.min(WIDE, Math.max(NARROW, ...lengths));
}
