import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import {
  MOST_LINE,
  consentOfRow,
  createLineCutter,
  delimiterOf,
  isFault,
  linesOf,
  readConsentHeader,
  type ConsentHeader,
} from '@fanfare/contract';
import { Fault } from '../domain/fault.ts';
import { asBuffer, lineTooLong, notUtf8, type Line } from './ndjson.ts';

const MARK = /^\ufeff/;

/** The header of one table. */
interface Table {
  readonly header: ConsentHeader;
  readonly delimiter: ',' | ';';
}

/** A line with its number in the body. */
interface Numbered {
  readonly line: number;
  readonly bytes: Buffer | null;
}

/**
 * Read a table of consents from a byte stream in constant memory, a run of lines at a time. One line
 * is one record: a bad one is a fault of its own and never costs its neighbours, so a quote that is
 * not closed on its line is a fault too. Empty lines are skipped; a byte order mark is no fault.
 * @throws Fault bad_field for a header that cannot be used
 */
export async function* readConsentCsv(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Line[]> {
  let table: Table | null = null;
  for await (const run of numberedLines(stream)) {
    const [first, ...others] = run;
    const rows: readonly Numbered[] = table ? run : others;
    table ??= readTable(first!);
    const lines = parseRun(table, rows);
    if (lines.length > 0) yield lines;
  }
  if (table === null) throw new Fault('bad_field', 'the first line names the columns; there is none');
}

/** Lines that hold something, in runs that are never empty. */
async function* numberedLines(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Numbered[]> {
  const cutter = createLineCutter();
  let line = 0;
  const filled = (whole: Uint8Array): Numbered[] =>
    linesOf(whole).flatMap((bytes) => {
      line++;
      return isBlank(bytes) ? [] : [{ line, bytes: bytes.length > MOST_LINE ? null : asBuffer(bytes) }];
    });
  for await (const part of stream) {
    const { whole, tooLong } = cutter.push(part);
    const run = whole ? filled(whole) : [];
    if (tooLong) run.push({ line: ++line, bytes: null });
    if (run.length > 0) yield run;
  }
  const last = filled(cutter.end());
  if (last.length > 0) yield last;
}

/** White space, and the delimiters a spreadsheet leaves in rows without anything. */
const BLANK: readonly number[] = [...Buffer.from(' \t\r,;')];

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => BLANK.includes(byte));
}

function readTable({ bytes }: Numbered): Table {
  if (bytes === null || !isUtf8(bytes)) throw new Fault('bad_field', 'the first line is no header in UTF-8');
  const text = bytes.toString('utf8').replace(MARK, '');
  const delimiter = delimiterOf(text);
  const [cells] = rowsOf(text, delimiter) ?? [];
  const header = cells ? readConsentHeader(cells) : null;
  if (header === null) throw new Fault('bad_field', 'the first line is no header: its quotes do not match');
  if (isFault(header)) throw new Fault('bad_field', header.detail);
  return { header, delimiter };
}

/** All lines at once when they are plain; one by one when anything is odd. */
function parseRun({ header, delimiter }: Table, rows: readonly Numbered[]): Line[] {
  const texts = rows.map(({ bytes }) => (bytes !== null && isUtf8(bytes) ? bytes.toString('utf8') : null));
  const plain = texts.every((text) => text !== null);
  const together = plain && texts.length > 0 ? rowsOf(texts.join('\n'), delimiter) : null;
  // As many rows as lines: no quote reached over a line end.
  const agrees = together?.length === rows.length;
  return rows.map(({ line, bytes }, i): Line => {
    if (bytes === null) return { ...lineTooLong(), line };
    const text = texts[i];
    if (text == null) return { ...notUtf8(), line };
    const cells = agrees ? together[i]! : rowsOf(text, delimiter)?.[0];
    if (cells) return { ...consentOfRow(header, cells), line };
    return { fault: { code: 'bad_csv', detail: 'the quotes of the line do not match' }, line };
  });
}

/** The cells of each row, or `null` when some quote is wrong. */
function rowsOf(text: string, delimiter: string): string[][] | null {
  try {
    return parse(text, {
      delimiter,
      record_delimiter: ['\n'],
      relax_column_count: true,
      skip_empty_lines: false,
      trim: true,
    });
  } catch {
    return null;
  }
}
