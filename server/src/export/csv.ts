import { stringify } from 'csv-stringify/sync';
import type { CsvProfile, Locale } from '@fanfare/contract';
import type { Cell, Column, Table } from '../domain/snapshot/sheet.ts';
import { textCell } from './formula.ts';

/** How one profile writes what the other writes otherwise. */
interface Manner {
  readonly delimiter: ',' | ';';
  readonly mark: boolean;
  head(column: Column, locale: Locale): string;
  number(value: number): string;
  /** @param value as `2026-10-25T02:30:00` */
  local(value: string): string;
  hidden(k: number): string;
}

const MANNERS: Readonly<Record<CsvProfile, Manner>> = {
  international: {
    delimiter: ',',
    mark: false,
    head: ({ key }) => key,
    number: String,
    local: (value) => value,
    // Empty, so that a column of numbers is one; the column of state says why.
    hidden: () => '',
  },
  'excel-fr': {
    delimiter: ';',
    mark: true,
    head: ({ title }, locale) => title[locale],
    number: (value) => String(value).replace('.', ','),
    local: (value) => value.replace(/^(\d{4})-(\d\d)-(\d\d)T(.*)$/, '$3/$2/$1 $4'),
    hidden: (k) => `< ${k}`,
  },
};

/** A table as CSV (RFC 4180, UTF-8, CRLF). */
export function csvOf({ columns, rows }: Table, profile: CsvProfile, locale: Locale): Buffer {
  const manner = MANNERS[profile];
  const lines = [
    columns.map((column) => manner.head(column, locale)),
    ...rows.map((cells) => cells.map((cell) => written(cell, manner, locale))),
  ];
  return Buffer.from(
    stringify(lines, {
      delimiter: manner.delimiter,
      bom: manner.mark,
      record_delimiter: 'windows',
      // Whatever a reader takes for the delimiter, text with one in it stays in its cell.
      quoted_match: /[;,\t]/,
    }),
  );
}

function written(cell: Cell, manner: Manner, locale: Locale): string {
  if (cell === null) return '';
  switch (cell.type) {
    case 'number':
      return manner.number(cell.value);
    case 'local':
      return manner.local(cell.value);
    case 'hidden':
      return manner.hidden(cell.k);
    case 'words':
      return textCell(cell.value[locale]);
    case 'text':
    case 'instant':
      return textCell(cell.value);
  }
}
