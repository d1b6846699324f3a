/** A line of a file that was not taken. */
export interface RefusedLine {
  /** Place in the file, from 1. */
  readonly line: number;
  /** Why, in words. */
  readonly reason: string;
  /** The line as it was sent; empty when it was too long to be held. */
  readonly original: string;
}

/** What a spreadsheet could take for a formula, also after white space and in full-width forms. */
const FORMULA = /^[\s\u00a0]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** First line of a report of refused lines; a spreadsheet knows by its mark that it is UTF-8. */
export function refusedHeader(line: string, reason: string, original: string): string {
  return `\ufeff${[line, reason, original].map(tableCell).join(',')}\r\n`;
}

/** One line of the report. */
export function refusedRow({ line, reason, original }: RefusedLine): string {
  return `${line},${tableCell(reason)},${tableCell(original)}\r\n`;
}

/** One cell of a CSV: in quotes, and never a formula to a spreadsheet. */
export function tableCell(text: string): string {
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
